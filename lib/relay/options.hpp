// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "dns/options.hpp"
#include "tls/options.hpp"

namespace postern::relay {

struct Gateway {
    std::string host;  ///< a name (its addresses are looked up, no MX) or an address
    std::uint16_t port = 25;
};

using DnsServer = dns::Server;

/// `opportunistic`: with hosts that offer it, whatever certificate they have (RFC 7435).
enum class RelayTls { off, opportunistic };

struct Options {
    std::string hostname;  ///< server.hostname: for EHLO, and to know this server among MX hosts
    std::vector<IpAddress> server_addresses = {};  ///< server.addresses
    std::uint16_t port = 25;                       ///< relay.port
    std::optional<Gateway> gateway = {};           ///< relay.gateway
    bool always = false;                           ///< relay.always: everything goes through the gateway
    unsigned tries_before_gateway = 0;             ///< relay.tries_before_gateway; 0 = none is enough
    unsigned concurrency = 20;                     ///< relay.concurrency: conversations at once
    unsigned per_host = 4;                         ///< relay.per_host: of them, with one address
    std::vector<DnsServer> dns_servers = {};       ///< dns.servers; empty = full recursion from the root
    std::string trust_anchor = {};                 ///< dns.trust_anchor
    RelayTls use_tls = RelayTls::opportunistic;    ///< relay.tls
    tls::Options tls = {};                         ///< tls.minimum, tls.ciphers, tls.authorities
    std::chrono::milliseconds release_interval = std::chrono::minutes(1);  ///< queue.release_interval
    std::chrono::milliseconds connect_timeout = std::chrono::seconds(30);  ///< relay.connect_timeout
};

}  // namespace postern::relay
