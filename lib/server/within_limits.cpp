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

}  // namespace postern::server
