// SPDX-License-Identifier: BSD-2-Clause
#include "policy/recipients.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "smtp/replies.hpp"

namespace postern::policy {

namespace {

using smtp::RecipientVerdict;
using smtp::Verdict;

constexpr std::string_view kPostmaster = "postmaster";

/// RFC 5321 §4.5.1: without regard to case.
bool is_postmaster(std::string_view local_part) {
    return ascii::equals_ignoring_case(local_part, kPostmaster);
}

RecipientVerdict accept() { return {Verdict::accept()}; }
RecipientVerdict refuse(const smtp::Reply& reply) { return {Verdict::refuse(reply)}; }

enum class Door { open, closed, missing };

Door door_of(const accounts::Lookup& found) {
    if (std::holds_alternative<accounts::NoSuchUser>(found)) return Door::missing;
    const auto* account = std::get_if<accounts::Account>(&found);
    return account != nullptr && account->disabled ? Door::closed : Door::open;
}

/// The domains whose postmaster is the server's: local.default_domain, else the host's own name or the
/// nearest of its parent domains.
std::vector<mail::Domain> domains_of_server(const Options& options) {
    if (options.default_domain) return {*options.default_domain};
    std::vector<mail::Domain> domains;
    for (std::string_view name = options.hostname; !name.empty();) {
        if (auto domain = mail::Domain::parse(name)) domains.push_back(*std::move(domain));
        const auto dot = name.find('.');
        name = dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
    }
    return domains;
}

}  // namespace

Recipients::Recipients(const accounts::Accounts& accounts, Options options, MayRelay may_relay,
                       HasRoom has_room, AskServer ask_server, LookAtDomain look)
    : accounts_(accounts),
      options_(std::move(options)),
      may_relay_(std::move(may_relay)),
      has_room_(std::move(has_room)),
      ask_server_(std::move(ask_server)),
      look_(std::move(look)) {}

Result<RecipientVerdict> Recipients::judge(const mail::ForwardPath& path, std::uint64_t size) const {
    if (const auto* bare = std::get_if<mail::BareName>(&path)) return judge_bare(bare->local_part, size);
    const auto& address = std::get<mail::Address>(path);
    if (is_own_literal(address)) return judge_bare(address.local_part(), size);
    return judge_address(address, size);
}

Result<RecipientVerdict> Recipients::judge_bare(std::string_view local_part, std::uint64_t size) const {
    if (is_postmaster(local_part)) return postmaster();
    if (!options_.default_domain) return refuse(smtp::replies::bad_recipient_address);
    auto address = mail::Address::make(local_part, *options_.default_domain);
    if (!address) return refuse(smtp::replies::no_such_user);
    POSTERN_ASSIGN(auto verdict, judge_address(*address, size));
    if (verdict.verdict.accepted() && !verdict.address) verdict.address = std::move(address);
    return verdict;
}

Result<RecipientVerdict> Recipients::judge_address(const mail::Address& address, std::uint64_t size) const {
    if (address.domain() == nullptr) return judge_relaying(address);
    POSTERN_ASSIGN(const bool served, accounts_.serves(*address.domain()));
    if (served) return judge_mailbox(address, size);
    if (is_postmaster(address.local_part()) && is_own_name(*address.domain())) return postmaster();
    return judge_relaying(address);
}

Result<RecipientVerdict> Recipients::judge_mailbox(const mail::Address& address, std::uint64_t size) const {
    POSTERN_ASSIGN(const auto found, accounts_.look_up(address));
    if (const auto* pass_on = std::get_if<accounts::PassOn>(&found))
        return judge_passed_on(address, *pass_on);
    const Door door = door_of(found);
    if (door == Door::open) return judge_room(found, size);
    if (is_postmaster(address.local_part())) return postmaster();
    return refuse(door == Door::closed ? smtp::replies::mailbox_disabled : smtp::replies::no_such_user);
}

/// Only what goes straight into one mailbox is judged: a list is not refused because one member's is full.
Result<RecipientVerdict> Recipients::judge_room(const accounts::Lookup& found, std::uint64_t size) const {
    const auto* account = std::get_if<accounts::Account>(&found);
    if (account == nullptr || account->quota == 0 || !accounts::keeps_copy(*account)) return accept();
    POSTERN_ASSIGN(const bool has_room, has_room_(account->mailbox, size));
    return has_room ? accept() : refuse(smtp::replies::mailbox_full);
}

Result<RecipientVerdict> Recipients::judge_passed_on(const mail::Address& address,
                                                     const accounts::PassOn& pass_on) const {
    if (!pass_on.verify) return accept();
    if (!ask_server_ || !pass_on.to)
        return Error(Fault::configuration, "domain.json of " + address.host_text() +
                                               " says 'verify', and server.callouts is not set");
    POSTERN_ASSIGN(auto verdict, ask_server_(*pass_on.to, address));
    if (!verdict.accepted() && is_postmaster(address.local_part())) return postmaster();
    return RecipientVerdict{std::move(verdict)};
}

Result<RecipientVerdict> Recipients::judge_relaying(const mail::Address& address) const {
    POSTERN_ASSIGN(const bool allowed, may_relay_());
    if (!allowed) return refuse(smtp::replies::relaying_denied);
    if (!look_ || address.domain() == nullptr) return accept();
    switch (look_(*address.domain())) {
        case MailDomain::takes_none: return refuse(smtp::replies::recipient_takes_no_mail);
        case MailDomain::unknown: return refuse(smtp::replies::no_recipient_domain);
        case MailDomain::takes_mail:
        case MailDomain::undecided: break;
    }
    return accept();
}

/// Nobody is refused here: a server without a postmaster is one whose administrator has to act.
Result<RecipientVerdict> Recipients::postmaster() const {
    for (const auto& domain : domains_of_server(options_)) {
        POSTERN_ASSIGN(const bool served, accounts_.serves(domain));
        if (!served) continue;
        auto address = mail::Address::make(kPostmaster, domain);
        POSTERN_ASSIGN(const auto found, accounts_.look_up(*address));
        if (door_of(found) == Door::open) return RecipientVerdict{Verdict::accept(), std::move(address)};
    }
    return Error(
        Fault::configuration,
        "no postmaster: add the account in local.default_domain or in the domain of server.hostname");
}

bool Recipients::is_own_literal(const mail::Address& address) const {
    const auto* literal = std::get_if<IpAddress>(&address.host());
    return literal != nullptr &&
           std::ranges::find(options_.server_addresses, *literal) != options_.server_addresses.end();
}

bool Recipients::is_own_name(const mail::Domain& domain) const {
    return ascii::equals_ignoring_case(domain.text(), options_.hostname);
}

}  // namespace postern::policy
