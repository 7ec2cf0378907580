// SPDX-License-Identifier: BSD-2-Clause
// What a session knows of the TLS that it is spoken in.
#pragma once

#include <string>

namespace postern::smtp {

struct TlsFacts {
    std::string protocol = {};   ///< "TLSv1.3"
    std::string cipher = {};     ///< by its name in IANA's registry: "TLS_AES_256_GCM_SHA384"
    std::string exporter = {};   ///< octets of the channel binding tls-exporter (RFC 9266); "" = it has none
    std::string end_point = {};  ///< of tls-server-end-point (RFC 5929 §4)
};

/// As it stands in the envelope's peer: "TLSv1.3 TLS_AES_256_GCM_SHA384".
inline std::string to_string(const TlsFacts& tls) { return tls.protocol + ' ' + tls.cipher; }

}  // namespace postern::smtp
