// SPDX-License-Identifier: BSD-2-Clause
#include "dns/mail_hosts.hpp"

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"

namespace postern::dns {

namespace {

struct Candidate {
    MxRecord record;
    std::uint32_t random;
};

/// RFC 7505 §3: the root as exchange. Beside real hosts it means nothing.
bool is_null_mx(const std::vector<MxRecord>& records) {
    return std::ranges::all_of(records, [](const auto& record) { return record.exchange.empty(); });
}

std::vector<Candidate> candidates(const std::vector<MxRecord>& records,
                                  std::span<const std::uint32_t> random) {
    std::vector<Candidate> result;
    for (std::size_t i = 0; i < records.size(); ++i)
        if (!records[i].exchange.empty()) result.push_back({records[i], i < random.size() ? random[i] : 0});
    std::ranges::stable_sort(result, {}, [](const Candidate& candidate) {
        return std::tuple(candidate.record.preference, candidate.random);
    });
    return result;
}

std::vector<MailHost> each_once(const std::vector<Candidate>& ordered) {
    std::vector<MailHost> hosts;
    for (const auto& [record, random] : ordered)
        if (std::ranges::find(hosts, record.exchange, &MailHost::name) == hosts.end())
            hosts.push_back({record.exchange, record.preference, {}});
    return hosts;
}

bool is(const MailHost& host, const ThisServer& self) {
    return ascii::equals_ignoring_case(host.name, self.hostname) ||
           std::ranges::find_first_of(host.addresses, self.addresses) != host.addresses.end();
}

}  // namespace

MailHosts order_mail_hosts(std::string_view domain, const Lookup<MxRecord>& answer,
                           std::span<const std::uint32_t> random) {
    using Kind = Lookup<MxRecord>::Kind;
    if (answer.kind == Kind::no_such_name) return NoMailHosts{"5.1.2", "there is no such domain"};
    if (answer.kind == Kind::no_data) return std::vector{MailHost{std::string(domain), 0, {}}};
    if (is_null_mx(answer.records)) return NoMailHosts{"5.1.10", "the domain accepts no mail (null MX)"};
    return each_once(candidates(answer.records, random));
}

MailHosts without_this_server(std::vector<MailHost> hosts, const ThisServer& self) {
    auto limit = std::uint32_t{1} << 16;  // above every preference
    for (const auto& host : hosts)
        if (is(host, self)) limit = std::min<std::uint32_t>(limit, host.preference);
    const auto dropped = std::erase_if(hosts, [&](const auto& host) { return host.preference >= limit; });
    if (dropped > 0 && hosts.empty())
        return NoMailHosts{"5.4.6", "mail for this domain loops back to this server"};
    return hosts;
}

}  // namespace postern::dns
