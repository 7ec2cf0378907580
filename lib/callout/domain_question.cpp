// SPDX-License-Identifier: BSD-2-Clause
#include "callout/domain_question.hpp"

#include "dns/host_addresses.hpp"
#include "dns/mail_hosts.hpp"

namespace postern::callout {

namespace {

constexpr std::string_view kMark = "? ";  // no host of the other kind of question begins so

Answer answer_without_mx(const std::string& domain, dns::Resolver& resolver) {
    const auto addresses = dns::addresses_of_name(resolver, domain);
    if (!addresses) return {Answer::Kind::undecided, addresses.error().what()};
    if (!addresses->empty()) return {Answer::Kind::accepted, {}};
    return {Answer::Kind::unknown, "it has neither MX nor address records"};
}

}  // namespace

std::string to_packet(const DomainQuestion& question) { return std::string(kMark) + question.domain.text(); }

std::optional<DomainQuestion> parse_domain_question(std::string_view packet) {
    if (!packet.starts_with(kMark)) return std::nullopt;
    auto domain = mail::Domain::parse(packet.substr(kMark.size()));
    if (!domain) return std::nullopt;
    return DomainQuestion{*std::move(domain)};
}

Answer answer_to(const DomainQuestion& question, dns::Resolver& resolver) {
    using Kind = dns::Lookup<dns::MxRecord>::Kind;
    const std::string domain = question.domain.text();
    const auto found = resolver.mail_exchangers(domain);
    if (!found) return {Answer::Kind::undecided, found.error().what()};
    if (found->kind == Kind::no_data) return answer_without_mx(domain, resolver);
    const auto hosts = dns::order_mail_hosts(domain, *found, {});
    const auto* none = std::get_if<dns::NoMailHosts>(&hosts);
    if (none == nullptr) return {Answer::Kind::accepted, {}};
    return {found->kind == Kind::found ? Answer::Kind::refused : Answer::Kind::unknown, none->reason};
}

}  // namespace postern::callout
