// SPDX-License-Identifier: BSD-2-Clause
#include "policy/verification.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "policy/audience.hpp"
#include "smtp/replies.hpp"

namespace postern::policy {

namespace {

using smtp::Reply;

Reply verified(const mail::Address& address) {
    return smtp::replies::verified('<' + address.to_string() + '>');
}

/// Of a mailbox or an alias that is here.
std::optional<Reply> told_of(const accounts::Lookup& found) {
    if (const auto* alias = std::get_if<accounts::Alias>(&found)) return verified(alias->name);
    const auto* account = std::get_if<accounts::Account>(&found);
    if (account == nullptr) return std::nullopt;
    if (account->disabled) return smtp::replies::mailbox_disabled;
    return smtp::replies::verified('<' + account->mailbox.to_string() + '>');
}

/// It is there under names that are no account (RFC 5321 §4.5.1).
bool means_postmaster(const mail::ForwardPath& path) {
    const auto* address = std::get_if<mail::Address>(&path);
    return ascii::equals_ignoring_case(
        address ? address->local_part() : std::get_if<mail::BareName>(&path)->local_part, "postmaster");
}

Reply members_of(const accounts::Alias& alias) {
    if (alias.targets.size() > kMostTold) return smtp::replies::list_too_long;
    std::string text;
    for (const auto& target : alias.targets) text += (text.empty() ? "<" : "\n<") + target.to_string() + '>';
    return smtp::replies::verified(text);
}

}  // namespace

Verification::Verification(const accounts::Accounts& accounts, const Recipients& recipients, Options options,
                           MayRelay may_relay, std::function<bool()> is_authenticated)
    : accounts_(accounts),
      recipients_(recipients),
      options_(std::move(options)),
      may_relay_(std::move(may_relay)),
      is_authenticated_(std::move(is_authenticated)) {}

Result<Reply> Verification::answer(const smtp::AskVerify& question) const {
    const bool is_list = question.what == smtp::AskVerify::What::list;
    POSTERN_ASSIGN(const bool may,
                   includes(is_list ? options_.expn : options_.vrfy, is_authenticated_(), may_relay_));
    if (!may) return Reply(smtp::replies::cannot_verify);
    return is_list ? expand(question.name) : verify(question.name);
}

std::optional<mail::Address> Verification::address_of(const mail::ForwardPath& path) const {
    if (const auto* address = std::get_if<mail::Address>(&path)) return *address;
    if (!options_.default_domain) return std::nullopt;
    return mail::Address::make(std::get_if<mail::BareName>(&path)->local_part, *options_.default_domain);
}

/// PassOn also for what is not served here: its mailboxes are elsewhere.
Result<accounts::Lookup> Verification::look_up(const mail::Address& address) const {
    if (address.domain() == nullptr) return accounts::Lookup(accounts::PassOn{});
    POSTERN_ASSIGN(const bool served, accounts_.serves(*address.domain()));
    if (!served) return accounts::Lookup(accounts::PassOn{});
    return accounts_.look_up(address);
}

Result<Reply> Verification::verify(const mail::ForwardPath& path) const {
    accounts::Lookup found;
    if (const auto address = address_of(path)) {
        POSTERN_ASSIGN(found, look_up(*address));
        if (const auto reply = told_of(found)) return *reply;
    }
    if (means_postmaster(path)) {
        POSTERN_ASSIGN(const auto verdict, recipients_.judge(path, 0));
        if (verdict.verdict.accepted() && verdict.address) return verified(*verdict.address);
    }
    const bool is_elsewhere = std::holds_alternative<accounts::PassOn>(found);
    return Reply(is_elsewhere ? smtp::replies::cannot_verify : smtp::replies::no_such_user);
}

Result<Reply> Verification::expand(const mail::ForwardPath& path) const {
    const auto address = address_of(path);
    if (!address) return Reply(smtp::replies::no_such_user);
    POSTERN_ASSIGN(const auto found, look_up(*address));
    if (std::holds_alternative<accounts::PassOn>(found)) return Reply(smtp::replies::cannot_verify);
    if (const auto* alias = std::get_if<accounts::Alias>(&found)) return members_of(*alias);
    const bool is_mailbox = std::holds_alternative<accounts::Account>(found);
    return Reply(is_mailbox ? smtp::replies::not_a_list : smtp::replies::no_such_user);
}

}  // namespace postern::policy
