// SPDX-License-Identifier: BSD-2-Clause
// Reads PEM (RFC 7468) without OpenSSL, which takes a millisecond to wake.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tls/wiped.hpp"

namespace postern::tls {

/// The octets of the first block whose label is, or ends in, `label`: "CERTIFICATE", "PRIVATE KEY" (which "EC
/// PRIVATE KEY" ends in). Nothing when there is none, or none that can be read.
std::optional<Wiped> find_pem_block(std::string_view text, std::string_view label);

}  // namespace postern::tls
