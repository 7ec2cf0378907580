// SPDX-License-Identifier: BSD-2-Clause
// What can be told of a certificate and its key without OpenSSL: enough to know, before STARTTLS is offered,
// whether TLS has a chance. Costs some microseconds where OpenSSL takes a millisecond to wake. Pure.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace postern::tls {

/// `pem`: a certificate and its private key, in any order; of several certificates the first.
/// Fault::configuration when one is missing, `now` is not within its validity, or the key is another one's.
/// What kind of key it is that cannot be compared here is taken to fit.
Status check_at_a_glance(std::string_view pem, Instant now);

}  // namespace postern::tls
