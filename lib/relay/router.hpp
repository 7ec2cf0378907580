// SPDX-License-Identifier: BSD-2-Clause
// Where a recipient's host is reached: by address literal, by the gateway, or by MX (RFC 5321 §5.1). Each
// host is looked up once in a router's life, which is one pass.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/randomness.hpp"
#include "dns/mail_hosts.hpp"
#include "dns/resolver.hpp"
#include "mail/address.hpp"
#include "relay/next_hop.hpp"
#include "relay/options.hpp"

namespace postern::relay {

/// Addresses to try in this order (at least one), or what becomes of everybody there.
using Route = std::variant<std::vector<NextHop>, Outcome>;

class Router {
public:
    Router(dns::Resolver& resolver, Randomness& randomness, const Options& options)
        : resolver_(resolver), randomness_(randomness), options_(options) {}

    const Route& route_to(const mail::Address& recipient);

private:
    Route find(const mail::Address& recipient);
    Route through_gateway(const Gateway& gateway);
    Route to_literal(const IpAddress& address) const;
    Route to_domain(const std::string& domain);
    Result<std::vector<IpAddress>> addresses_of(const std::string& host);
    Route to_hosts(std::vector<dns::MailHost> hosts);
    dns::ThisServer this_server() const { return {options_.hostname, options_.server_addresses}; }

    dns::Resolver& resolver_;
    Randomness& randomness_;
    const Options& options_;
    std::map<std::string, Route> known_;
};

}  // namespace postern::relay
