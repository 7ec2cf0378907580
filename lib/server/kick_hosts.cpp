// SPDX-License-Identifier: BSD-2-Clause
#include "server/kick_hosts.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "mail/release_domain.hpp"

namespace postern::server {

std::optional<KickHost> parse_kick_host(std::string_view text) {
    const auto network = IpNetwork::parse(ascii::take_up_to(text, ' '));
    if (!network) return std::nullopt;
    KickHost host{*network, {}};
    while (!text.empty()) {
        const auto word = ascii::take_up_to(text, ' ');
        if (word.empty()) continue;
        auto release = mail::parse_release_domain(word);
        if (!release) return std::nullopt;
        host.releases.push_back(*std::move(release));
    }
    if (host.releases.empty()) return std::nullopt;
    return host;
}

std::vector<std::string> releases_of(const std::vector<KickHost>& hosts, const IpAddress& peer) {
    std::vector<std::string> all;
    for (const KickHost& host : hosts) {
        if (!host.network.contains(peer)) continue;
        for (const std::string& release : host.releases)
            if (std::ranges::find(all, release) == all.end()) all.push_back(release);
    }
    return all;
}

}  // namespace postern::server
