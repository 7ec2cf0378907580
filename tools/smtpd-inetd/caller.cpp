// SPDX-License-Identifier: BSD-2-Clause
#include "caller.hpp"

#include "base/ip_networks.hpp"
#include "wire/proxy_client.hpp"

namespace postern::tools {

namespace {

constexpr std::chrono::seconds kTimeForProxyHeader{10};  // proxies send it at once

/// Whom the proxy speaks for, which may be the proxy itself.
Caller caller_behind(const sys::Peer& proxy, wire::ProxyBeginning beginning) {
    Caller caller{.peer = proxy, .first_octets = std::move(beginning.behind_it)};
    if (const auto& connection = beginning.header.connection)
        caller.peer = sys::Peer{connection->source.address, connection->source.port};
    return caller;
}

}  // namespace

std::optional<Caller> find_caller(int input, sys::FdStream& stream, const server::Options& options,
                                  Log& log) {
    const auto peer = sys::peer_of(input);
    if (!peer) return Caller{.local_user = sys::local_user_of(input)};
    if (!is_in_any(options.proxies, peer->address)) return Caller{.peer = peer};
    auto beginning = wire::read_proxy_header(stream, std::chrono::steady_clock::now() + kTimeForProxyHeader);
    if (beginning) return caller_behind(*peer, *std::move(beginning));
    log.write(Severity::notice, "refused",
              {{"peer", peer->address.to_string()}, {"reason", beginning.error().what()}});
    return std::nullopt;
}

}  // namespace postern::tools
