// SPDX-License-Identifier: BSD-2-Clause
#include "server/peer_rights.hpp"

#include "accounts/relay_hosts.hpp"

namespace postern::server {

PeerRights rights_of(const IpAddress& peer, sys::FileSystem& files, const std::string& relay_hosts_file,
                     const VerifiedName& verified_name) {
    const auto hosts = accounts::RelayHosts::load(files, relay_hosts_file);
    if (!hosts) return {.may_relay = hosts.error()};
    if (hosts->allows(peer, "")) return {.may_relay = true};
    if (!hosts->has_hostnames()) return {};
    auto name = verified_name(peer);
    if (!name) return {.may_relay = name.error().in("look up the name of " + peer.to_string())};
    const bool allowed = hosts->allows(peer, *name);
    return {.name = *std::move(name), .may_relay = allowed};
}

PeerRights rights_of(const mail::PeerFacts& client, sys::FileSystem& files,
                     const std::string& relay_hosts_file) {
    if (!client.user.empty()) return {.name = client.name, .may_relay = true};
    const auto address = IpAddress::parse(client.ip);
    if (!address) return {.name = client.name};
    const auto hosts = accounts::RelayHosts::load(files, relay_hosts_file);
    if (!hosts) return {.name = client.name, .may_relay = hosts.error()};
    return {.name = client.name, .may_relay = hosts->allows(*address, client.name)};
}

}  // namespace postern::server
