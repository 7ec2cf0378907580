// SPDX-License-Identifier: BSD-2-Clause
// Where a goal is reached: at an address literal, a server that mail is passed on to, the gateway, or by MX
// (RFC 5321 §5.1). Finding it may take long; several threads may do so at once where resolver and random
// numbers allow it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/randomness.hpp"
#include "dns/mail_hosts.hpp"
#include "dns/resolver.hpp"
#include "relay/goal.hpp"
#include "relay/next_hop.hpp"
#include "relay/options.hpp"

namespace postern::relay {

/// Addresses to try in this order (at least one), or what becomes of everybody there.
using Route = std::variant<std::vector<NextHop>, Outcome>;

class Router {
public:
    Router(dns::Resolver& resolver, Randomness& randomness, const Options& options)
        : resolver_(resolver), randomness_(randomness), options_(options) {}

    Route route_to(const Goal& goal, TlsPolicy policy) const;

private:
    Route find(const Goal& goal, TlsPolicy policy) const;
    Route through_gateway(const Gateway& gateway) const;
    Route to_server(const ToServer& server) const;
    Route to_literal(const IpAddress& address) const;
    Route to_domain(const std::string& domain, TlsPolicy policy) const;
    Route to_hosts(std::vector<dns::MailHost> hosts) const;
    dns::ThisServer this_server() const { return {options_.hostname, options_.server_addresses}; }

    dns::Resolver& resolver_;
    Randomness& randomness_;
    const Options& options_;
};

}  // namespace postern::relay
