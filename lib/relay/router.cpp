// SPDX-License-Identifier: BSD-2-Clause
#include "relay/router.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "dns/host_addresses.hpp"

namespace postern::relay {

namespace {

// RFC 5321 §5.1 wants at least two tried. Whoever owns a zone may fill it with dead hosts; each costs time.
constexpr std::size_t kMostHosts = 10;
constexpr std::size_t kMostHops = 20;

std::vector<std::uint32_t> random_numbers(Randomness& randomness, std::size_t count) {
    std::vector<std::uint32_t> numbers(count);
    for (auto& number : numbers) {
        std::array<unsigned char, sizeof number> octets{};
        randomness.fill(octets);
        std::memcpy(&number, octets.data(), octets.size());
    }
    return numbers;
}

std::vector<NextHop> hops_of(const std::vector<dns::MailHost>& hosts, std::uint16_t port) {
    std::vector<NextHop> hops;
    for (const auto& host : hosts)
        for (const auto& address : host.addresses)
            if (hops.size() < kMostHops) hops.push_back({host.name, address, port});
    return hops;
}

}  // namespace

Route Router::route_to(const Goal& goal, TlsPolicy policy) const {
    auto route = find(goal, policy);
    if (auto* hops = std::get_if<std::vector<NextHop>>(&route))
        for (auto& hop : *hops) hop.tls = policy;
    return route;
}

Route Router::find(const Goal& goal, TlsPolicy policy) const {
    if (const auto* by_mx = std::get_if<ByMx>(&goal)) return to_domain(by_mx->domain, policy);
    if (const auto* literal = std::get_if<IpAddress>(&goal)) return to_literal(*literal);
    if (const auto* server = std::get_if<ToServer>(&goal)) return to_server(*server);
    return through_gateway(options_.gateway.value());
}

/// A gateway that cannot be found is a mistake of this site, and no reason to bounce anything.
Route Router::through_gateway(const Gateway& gateway) const {
    const auto addresses = dns::addresses_of(resolver_, gateway.host);
    if (!addresses) return deferred("4.4.3", "the gateway cannot be looked up: " + addresses.error().what());
    if (addresses->empty()) return deferred("4.4.4", "the gateway " + gateway.host + " has no address");
    return hops_of({{gateway.host, 0, *addresses}}, gateway.port);
}

/// So is such a server; but mail that would come back at once is told of before it has made its rounds.
Route Router::to_server(const ToServer& server) const {
    const auto found = dns::addresses_of(resolver_, server.host);
    if (!found) return deferred("4.4.3", server.host + " cannot be looked up: " + found.error().what());
    std::vector<dns::MailHost> hosts{{server.host, 0, *found}};
    if (server.port == options_.port) {
        auto others = dns::without_this_server(std::move(hosts), this_server());
        if (std::holds_alternative<dns::NoMailHosts>(others))
            return failed("5.4.6",
                          server.host + ", which takes mail for this address, is this server: it would loop");
        hosts = std::get<0>(std::move(others));
    }
    if (found->empty()) return deferred("4.4.4", server.host + " has no address");
    return hops_of(hosts, server.port);
}

Route Router::to_literal(const IpAddress& address) const {
    if (std::ranges::find(options_.server_addresses, address) != options_.server_addresses.end())
        return failed("5.4.6", "the address is this server's own: the mail would loop");
    return std::vector{NextHop{address.to_string(), address, options_.port}};
}

/// RFC 8689 §4.2.1: names from MX records must be proven. A domain without any is its own host: that name is
/// the sender's.
Route Router::to_domain(const std::string& domain, TlsPolicy policy) const {
    const bool must_be_proven = policy == TlsPolicy::required;
    const auto answer =
        must_be_proven ? resolver_.proven_mail_exchangers(domain) : resolver_.mail_exchangers(domain);
    if (!answer) return deferred("4.4.3", "the domain cannot be looked up: " + answer.error().what());
    const auto random = random_numbers(randomness_, answer->records.size());
    auto hosts = dns::order_mail_hosts(domain, *answer, random);
    if (const auto* none = std::get_if<dns::NoMailHosts>(&hosts)) return failed(none->status, none->reason);
    if (must_be_proven && answer->found() && !answer->is_proven)
        return failed("5.7.10", "TLS is required, and no DNSSEC proves which hosts take the domain's mail");
    return to_hosts(std::get<0>(std::move(hosts)));
}

Route Router::to_hosts(std::vector<dns::MailHost> hosts) const {
    if (hosts.size() > kMostHosts) hosts.resize(kMostHosts);
    std::string trouble;
    for (auto& host : hosts) {
        auto addresses = dns::addresses_of_name(resolver_, host.name);
        if (addresses)
            host.addresses = *std::move(addresses);
        else
            trouble = addresses.error().what();
    }
    auto others = dns::without_this_server(std::move(hosts), this_server());
    if (const auto* loop = std::get_if<dns::NoMailHosts>(&others)) return failed(loop->status, loop->reason);
    auto hops = hops_of(std::get<0>(others), options_.port);
    if (!hops.empty()) return hops;
    if (!trouble.empty()) return deferred("4.4.3", "its mail hosts cannot be looked up: " + trouble);
    return failed("5.4.4", "none of its mail hosts has an address");
}

}  // namespace postern::relay
