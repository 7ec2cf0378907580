// SPDX-License-Identifier: BSD-2-Clause
// New keys, certificates that vouch for themselves, and requests for better ones.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "tls/handles.hpp"
#include "tls/wiped.hpp"

namespace postern::tls {

enum class KeyKind { ecdsa, rsa };  ///< P-256; 2048 bits

Result<Handle<evp_pkey_st>> make_key(KeyKind kind);
/// PKCS #8 in PEM, without a pass phrase.
Result<Wiped> to_pem(evp_pkey_st* key);
/// As PEM.
Result<std::string> to_pem(x509_st* certificate);

/// For these names, at least one, of DNS; "*.example.org" is one, too. Key and certificate, as PEM.
Result<Wiped> make_self_signed(evp_pkey_st* key, const std::vector<std::string>& names, Instant from,
                               Instant until);
/// PKCS #10, as PEM.
Result<std::string> make_request(evp_pkey_st* key, const std::vector<std::string>& names);

}  // namespace postern::tls
