// SPDX-License-Identifier: BSD-2-Clause
#include "policy/senders.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "smtp/replies.hpp"

namespace postern::policy {

namespace {

using smtp::Verdict;

/// More aliases in a row than these are nobody's own address.
constexpr int kLongestChain = 20;

}  // namespace

Verdict judge_sender(const smtp::AskSender& question, std::uint64_t free_space, std::uint64_t reserve) {
    const bool fits = free_space >= reserve && question.size <= free_space - reserve;
    return fits ? Verdict::accept() : Verdict::refuse(smtp::replies::no_space);
}

Result<bool> is_own_address(const accounts::Accounts& accounts, const mail::Address& user,
                            const mail::Address& address) {
    POSTERN_ASSIGN(const auto self, accounts.look_up(user));
    const auto* own = std::get_if<accounts::Account>(&self);
    if (!own) return false;
    auto name = address;
    for (int step = 0; step < kLongestChain && name.domain(); ++step) {
        POSTERN_ASSIGN(const bool served, accounts.serves(*name.domain()));
        if (!served) return false;
        POSTERN_ASSIGN(const auto found, accounts.look_up(name));
        if (const auto* account = std::get_if<accounts::Account>(&found))
            return account->mailbox == own->mailbox;
        const auto* alias = std::get_if<accounts::Alias>(&found);
        if (!alias || alias->targets.size() != 1) return false;
        name = mail::Address(alias->targets.front());
    }
    return false;
}

Result<bool> is_lent_address(const accounts::Accounts& accounts, const mail::Address& user,
                             const mail::Address& address) {
    POSTERN_ASSIGN(const auto self, accounts.look_up(user));
    const auto* own = std::get_if<accounts::Account>(&self);
    return own != nullptr && std::ranges::any_of(own->may_send_as, [&](const accounts::Sender& sender) {
               if (const auto* domain = std::get_if<mail::Domain>(&sender))
                   return address.domain() != nullptr && *address.domain() == *domain;
               return ascii::equals_ignoring_case(std::get<mail::Address>(sender).to_string(),
                                                  address.to_string());
           });
}

Result<Verdict> Senders::judge(const mail::ReversePath& reverse_path) const {
    POSTERN_ASSIGN(auto verdict, judge_user(reverse_path));
    return verdict.accepted() ? judge_domain(reverse_path) : verdict;
}

/// Nobody could answer to a domain that takes no mail (RFC 7505 §4.2).
Result<Verdict> Senders::judge_domain(const mail::ReversePath& reverse_path) const {
    const auto* domain = reverse_path ? reverse_path->domain() : nullptr;
    if (!look_ || !domain) return Verdict::accept();
    POSTERN_ASSIGN(const bool served, accounts_.serves(*domain));
    if (served) return Verdict::accept();
    switch (look_(*domain)) {
        case MailDomain::takes_none: return Verdict::refuse(smtp::replies::sender_takes_no_mail);
        case MailDomain::unknown: return Verdict::refuse(smtp::replies::no_sender_domain);
        case MailDomain::takes_mail:
        case MailDomain::undecided: break;
    }
    return Verdict::accept();
}

Result<Verdict> Senders::judge_user(const mail::ReversePath& reverse_path) const {
    if (rules_.requires_login && !client_.is_known()) {
        POSTERN_ASSIGN(const bool allowed, may_relay_());
        if (!allowed) return Verdict::refuse(smtp::replies::login_required);
    }
    if (!rules_.own_senders || !client_.user || client_.is_administrator || !reverse_path)
        return Verdict::accept();
    POSTERN_ASSIGN(const bool own, is_own_address(accounts_, *client_.user, *reverse_path));
    if (own) return Verdict::accept();
    POSTERN_ASSIGN(const bool lent, is_lent_address(accounts_, *client_.user, *reverse_path));
    return lent ? Verdict::accept() : Verdict::refuse(smtp::replies::not_own_address);
}

}  // namespace postern::policy
