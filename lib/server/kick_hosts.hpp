// SPDX-License-Identifier: BSD-2-Clause
// Who may have mail sent by no more than a connection (a kick), and which mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"

namespace postern::server {

struct KickHost {
    IpNetwork network;
    std::vector<std::string> releases;  ///< as mail::parse_release_domain() reads them; at least one
};

/// "192.0.2.7 example.net @example.org": an address or range, and what it releases.
std::optional<KickHost> parse_kick_host(std::string_view text);

/// All that a peer releases, none twice.
std::vector<std::string> releases_of(const std::vector<KickHost>& hosts, const IpAddress& peer);

}  // namespace postern::server
