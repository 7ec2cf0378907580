// SPDX-License-Identifier: BSD-2-Clause
// What a certificate says, for people, and the form in which it is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "tls/wiped.hpp"

namespace postern::tls {

struct CertificateInfo {
    std::vector<std::string> names = {};  ///< of DNS, that it is for; lower case
    std::string issuer = {};              ///< its common name, or all there is
    bool is_self_signed = false;
    Instant not_before{};
    Instant not_after{};
    std::string key_kind = {};  ///< "ecdsa", "rsa"; any other is not used here
    std::string key = {};       ///< "P-256", "RSA 2048"
};

/// Of the first certificate in it.
Result<CertificateInfo> inspect_certificate(std::string_view pem);

/// Is it for this name: by itself, or by a wildcard (RFC 6125 §6.4.3)?
bool is_for(const CertificateInfo& certificate, std::string_view name);

/// As a file of the store: the key, the certificate, those that lead to its authority. An Error when they do
/// not belong together.
Result<Wiped> put_together(std::string_view certificates, std::string_view key);

}  // namespace postern::tls
