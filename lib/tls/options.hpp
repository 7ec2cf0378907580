// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>
#include <string_view>

namespace postern::tls {

enum class Version { tls12, tls13 };

/// The 'intermediate' choices of Mozilla's guideline, version 5, as openssl-ciphers(1) names them.
inline constexpr std::string_view kIntermediateCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305";

struct Options {
    std::string directory = {};        ///< directories.tls: certificates and their keys
    std::string name = {};             ///< server.hostname: whose certificate those get who name no other
    Version minimum = Version::tls12;  ///< tls.minimum
    Version maximum = Version::tls13;  ///< less for an old host, in tests
    std::string authorities = {};      ///< tls.authorities: a file of certificates, PEM
    std::string ciphers{kIntermediateCiphers};  ///< tls.ciphers, of TLS 1.2
};

}  // namespace postern::tls
