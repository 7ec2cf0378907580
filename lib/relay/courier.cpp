// SPDX-License-Identifier: BSD-2-Clause
#include "relay/courier.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "relay/outcomes.hpp"
#include "runner/onward_recipient.hpp"

namespace postern::relay {

namespace {

// RFC 5321 §4.5.3.1.8: every server takes at least so many recipients in a transaction.
constexpr std::size_t kMostRecipients = 100;

Result<smtp::ClientMessage> describe(const spool::Message& message, runner::OnwardContent& content,
                                     std::span<const std::size_t> recipients,
                                     const smtp::Extensions& offers) {
    smtp::ClientMessage described;
    described.reverse_path = message.history().reverse_path_of(recipients.front());
    if (message.history().has_own_parameters(recipients.front())) {
        described.ret = message.envelope().ret;
        described.envid = message.envelope().envid;
    }
    for (const auto index : recipients) {
        auto onward = runner::onward_recipient(message, index);
        described.recipients.emplace_back(std::move(onward.address), std::move(onward.notify),
                                          std::move(onward.orcpt));
    }
    POSTERN_TRY(content.describe(described, offers));
    return described;
}

bool took_any(const smtp::MessageDone& sent) {
    return std::ranges::find(sent.recipients, smtp::ClientResult::Kind::accepted,
                             &smtp::ClientResult::kind) != sent.recipients.end();
}

Outcome dropped_by(const NextHop& hop) {
    auto outcome = deferred("4.4.2", "the host drops the connection");
    outcome.host = hop.to_string();
    return outcome;
}

void give_all(std::vector<Outcome>& outcomes, Outcome outcome, spool::RecipientSet recipients) {
    outcome.recipients = std::move(recipients);
    outcomes.push_back(std::move(outcome));
}

}  // namespace

SortedRecipients Courier::sort(const spool::Message& message) const {
    const auto chosen = selection_.recipients(message.id(), message.history(), parts_.tools.clock.now());
    if (const auto* filter = parts_.worker.filter_for(message))
        return all_to(ToServer{filter->host, filter->port}, message.history(), chosen);
    return sort_recipients(message.history(), chosen, parts_.accounts, options_);
}

Task<Status> Courier::carry(spool::Message message, Connector& connector) {
    auto sorted = sort(message);
    Load load{std::move(message), connector, std::move(sorted.undecided)};
    for (auto& consignment : sorted.remote) {
        if (auto status = record(load); !status) co_return status;  // before the DNS is waited for
        const auto status = co_await deliver(load, std::move(consignment));
        if (!status || load.is_left) co_return status;
    }
    const auto lane = sorted.local.empty() ? spool::Lane::relay : spool::Lane::received;
    co_return parts_.worker.settle(std::move(load.message), load.unrecorded, lane);
}

Task<Status> Courier::deliver(Load& load, Consignment consignment) {
    auto& recipients = consignment.recipients;
    const auto* route = co_await routes_.to(consignment.goal, policy_of(load.message.envelope()));
    load.is_left = route == nullptr;
    if (load.is_left) co_return done;
    if (const auto* nowhere = std::get_if<Outcome>(route)) {
        give_all(load.unrecorded, *nowhere, std::move(recipients));
        co_return done;
    }
    auto hops = std::get<0>(*route);
    std::optional<Outcome> why_lost;
    while (!recipients.empty()) {
        if (auto status = record(load); !status) co_return status;
        const auto room = longest_log(std::min(recipients.size(), kMostRecipients));
        if (auto status = load.message.reserve_log(room); !status) co_return status;
        auto reached = co_await load.connector.reach(hops);
        if (auto* none = std::get_if<Outcome>(&reached)) {
            give_all(load.unrecorded, why_lost.value_or(*none), std::move(recipients));
            co_return done;
        }
        auto& conversation = *std::get<0>(reached);
        const auto sent = co_await send_some(load, recipients, conversation);
        if (!sent) co_return sent.error();
        if (*sent != Sent::lost) continue;
        why_lost = dropped_by(conversation.hop());
        std::erase(hops, conversation.hop());
    }
    co_return done;
}

Task<Result<Courier::Sent>> Courier::send_some(Load& load, spool::RecipientSet& recipients,
                                               Conversation& conversation) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(recipients.size(), kMostRecipients));
    const spool::RecipientSet some(recipients.begin(), recipients.begin() + count);
    runner::OnwardContent content(load.message, some.front());
    auto described = describe(load.message, content, some, conversation.offers());
    if (!described) co_return described.error();
    described->requires_tls = conversation.hop().tls == TlsPolicy::required;
    const auto sent = co_await conversation.send(*std::move(described), content);
    if (!sent) co_return sent.error();
    const auto verdict = judge(*sent, conversation);
    if (verdict != Sent::some) co_return verdict;

    recipients.erase(recipients.begin(), recipients.begin() + count);
    for (std::size_t i = 0; i < some.size(); ++i)
        if (sent->recipients[i].kind == smtp::ClientResult::Kind::crowded_out) recipients.push_back(some[i]);
    auto outcomes = to_outcomes(*sent, some, conversation.hop());
    for (Outcome& outcome : outcomes) outcome.tls = conversation.tls();
    std::ranges::move(outcomes, std::back_inserter(load.unrecorded));
    co_return verdict;
}

/// A host may end a conversation between two messages whenever it likes; the second one is then no worse
/// for it. Lost in its first transaction, or with content on its way, it is the host's failure.
Courier::Sent Courier::judge(const smtp::MessageDone& sent, const Conversation& conversation) {
    if (took_any(sent)) hosts_.note_delivered(conversation.hop());
    if (took_any(sent) || conversation.is_open()) return Sent::some;
    const bool is_untouched = sent.content == smtp::MessageDone::Content::not_sent;
    if (is_untouched && conversation.transactions() > 1) return Sent::late;
    hosts_.note_lost(conversation.hop(), dropped_by(conversation.hop()));
    return is_untouched ? Sent::lost : Sent::some;
}

Status Courier::record(Load& load) {
    if (load.unrecorded.empty()) return done;
    return parts_.worker.record(load.message, std::exchange(load.unrecorded, {}));
}

}  // namespace postern::relay
