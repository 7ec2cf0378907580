// SPDX-License-Identifier: BSD-2-Clause
#include "server/kick_hosts.hpp"

#include <algorithm>

#include "spool/requests.hpp"

namespace postern::server {

namespace {

std::string_view take_word(std::string_view& text) {
    const auto begin = std::min(text.find_first_not_of(' '), text.size());
    const auto end = std::min(text.find(' ', begin), text.size());
    const auto word = text.substr(begin, end - begin);
    text.remove_prefix(end);
    return word;
}

}  // namespace

std::optional<KickHost> parse_kick_host(std::string_view text) {
    const auto network = IpNetwork::parse(take_word(text));
    if (!network) return std::nullopt;
    KickHost host{*network, {}};
    for (auto word = take_word(text); !word.empty(); word = take_word(text)) {
        auto release = spool::parse_release(word);
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
