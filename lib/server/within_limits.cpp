// SPDX-License-Identifier: BSD-2-Clause
#include "server/within_limits.hpp"

namespace postern::server {

namespace {

/// RFC 3463 §3.2: the mailbox does not exist.
constexpr std::string_view kNoSuchMailbox = "5.1.1";

}  // namespace

smtp::Verdict within_limits(smtp::Verdict sender, policy::Limits* limits) {
    if (limits == nullptr || !sender.accepted()) return sender;
    auto refusal = limits->message();
    return refusal ? smtp::Verdict::refuse(*std::move(refusal)) : sender;
}

smtp::RecipientVerdict within_limits(smtp::RecipientVerdict recipient, policy::Limits* limits) {
    if (limits == nullptr) return recipient;
    policy::Limits::Refusal refusal;
    if (recipient.verdict.accepted())
        refusal = limits->recipient();
    else if (recipient.verdict.reply().status == kNoSuchMailbox)
        refusal = limits->unknown_recipient();
    return refusal ? smtp::RecipientVerdict{smtp::Verdict::refuse(*std::move(refusal))} : recipient;
}

smtp::LoginVerdict within_limits(const smtp::AskLogin& asked,
                                 const std::function<smtp::LoginVerdict(const smtp::AskLogin&)>& judge,
                                 policy::Limits* limits) {
    if (limits == nullptr) return judge(asked);
    if (auto refusal = limits->login_attempt()) return {smtp::Verdict::refuse(*std::move(refusal))};
    auto login = judge(asked);
    if (login.verdict.accepted() || !login.verdict.reply().is_permanent()) return login;
    auto refusal = limits->failed_login(mail::Address::parse(login.user));
    if (refusal) login.verdict = smtp::Verdict::refuse(*std::move(refusal));
    return login;
}

}  // namespace postern::server
