// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/relay_hosts.hpp"

#include <algorithm>

#include "accounts/lines.hpp"
#include "base/ascii.hpp"
#include "base/ip_networks.hpp"
#include "mail/domain.hpp"

namespace postern::accounts {

std::optional<RelayHost> parse_relay_host(std::string_view text) {
    if (const auto network = IpNetwork::parse(text)) return RelayHost(*network);
    const auto name = mail::Domain::parse(text);
    if (!name) return std::nullopt;
    // "192.0.2.256" is a slip of the pen, not a host: no top-level domain is a number (RFC 3696 §2).
    const std::string_view last = std::string_view(name->text()).substr(name->text().rfind('.') + 1);
    if (std::all_of(last.begin(), last.end(), ascii::is_digit)) return std::nullopt;
    return RelayHost(name->text());
}

std::string to_string(const RelayHost& host) {
    if (const auto* network = std::get_if<IpNetwork>(&host)) return network->to_string();
    return std::get<std::string>(host);
}

Result<RelayHosts> RelayHosts::parse(std::string_view text, std::string_view path) {
    RelayHosts hosts;
    POSTERN_TRY(for_each_line(text, [&](std::string_view line, std::size_t number) -> Status {
        auto host = parse_relay_host(line);
        if (!host)
            return Error(Fault::configuration, std::string(path) + ":" + std::to_string(number) + ": '" +
                                                   std::string(line) +
                                                   "' is neither an address, a range (CIDR) nor a host name");
        if (const auto* network = std::get_if<IpNetwork>(&*host))
            hosts.networks_.push_back(*network);
        else
            hosts.names_.push_back(std::get<std::string>(*std::move(host)));
        return done;
    }));
    return hosts;
}

Result<RelayHosts> RelayHosts::load(sys::FileSystem& files, const std::string& path) {
    const auto text = sys::read_whole_file(files, path);
    if (text.failed_with(Fault::not_found)) return RelayHosts();
    if (!text) return text.error();
    return parse(*text, path);
}

bool RelayHosts::allows(const IpAddress& peer, std::string_view peer_name) const {
    if (is_in_any(networks_, peer)) return true;
    const auto is_peer = [&](const std::string& name) {
        return ascii::equals_ignoring_case(name, peer_name);
    };
    return !peer_name.empty() && std::any_of(names_.begin(), names_.end(), is_peer);
}

}  // namespace postern::accounts
