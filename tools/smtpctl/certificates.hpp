// SPDX-License-Identifier: BSD-2-Clause
// What the commands for TLS have in common: names, and the files of the store (tls/store.hpp).
#pragma once

#include <string>
#include <vector>

#include "tls/inspect.hpp"
#include "tls/make.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

/// As domains in ASCII; a wildcard may be one of them. None = server.hostname.
Result<std::vector<std::string>> parse_names(const std::vector<std::string>& words,
                                             const config::Config& config);

/// Puts the file into the store for each name, in the place of the one that was there.
Status keep_certificate(sys::FileSystem& files, const config::Config& config,
                        const std::vector<std::string>& names, std::string_view kind, std::string_view pem);

/// Where the key waits that a request was made for.
std::string waiting_key_path(const config::Config& config, const std::string& name, std::string_view kind);

/// A new key and a certificate that vouches for itself.
Result<tls::Wiped> self_signed_for(const std::vector<std::string>& names, tls::KeyKind kind, Instant now);

/// For a userland that has none at all for server.hostname.
Status make_first_certificate(Toolbox& tools, const config::Config& config);

/// tls/ as it should be, where an older version has made none.
Status make_certificate_directory(sys::FileSystem& files, const config::Config& config);

std::string_view to_string(tls::KeyKind kind);

/// "mx.example.org, mail.example.org"
std::string join(const std::vector<std::string>& names);

}  // namespace postern::smtpctl
