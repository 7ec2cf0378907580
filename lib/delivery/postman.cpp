// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/postman.hpp"

namespace postern::delivery {

namespace {

const Ending& ending_of(Fit fit) {
    switch (fit) {
        case Fit::yes: return endings::delivered;
        case Fit::not_now: return endings::mailbox_full;
        case Fit::never: return endings::larger_than_mailbox;
    }
    return endings::mailbox_in_trouble;
}

}  // namespace

Status Postman::review_quotas() { return maildir_.quotas().review(sorter_.accounts(), log_); }

Status Postman::deliver(spool::Message message) {
    if (worker_.filter_for(message) != nullptr)
        return worker_.settle(std::move(message), {}, spool::Lane::relay);
    POSTERN_ASSIGN(Sorted sorted, sorter_.sort(message));
    POSTERN_TRY(other_ways_.deliver(message, sorted));
    for (const auto& [mailbox, addressed] : sorted.mailboxes)
        sorted.outcomes.add(put(message, addressed), addressed.recipients);
    return finish(std::move(message), sorted);
}

const Ending& Postman::put(const spool::Message& message, const Addressed& addressed) {
    const auto& history = message.history();
    const auto& address = history.recipients()[addressed.recipients.front()].address;
    const auto earlier = history.begins() > 1 ? EarlierTry::possible : EarlierTry::none;
    const Result<Fit> delivered =
        maildir_.deliver(message, addressed.account, addressed.recipients.front(), earlier);
    if (delivered) return ending_of(*delivered);
    log_.write(
        Severity::err, "trouble",
        {{"id", message.id().text()}, {"to", address.to_string()}, {"what", delivered.error().what()}});
    return delivered.failed_with(Fault::no_space) ? endings::disk_full : endings::mailbox_in_trouble;
}

Status Postman::finish(spool::Message message, const Sorted& sorted) {
    const bool is_local_open = sorted.has_later_local || sorted.outcomes.has_deferred();
    if (!sorted.remote.empty() && is_local_open) return finish_in_two(std::move(message), sorted);
    const auto lane = sorted.remote.empty() ? spool::Lane::received : spool::Lane::relay;
    return worker_.settle(std::move(message), sorted.outcomes.all(), lane);
}

/// The outcomes are recorded first: a split that fails must not deliver again what was delivered.
Status Postman::finish_in_two(spool::Message message, const Sorted& sorted) {
    POSTERN_TRY(worker_.record(message, sorted.outcomes.all()));
    POSTERN_TRY(worker_.split_off(message, sorted.remote, spool::Lane::relay));
    return worker_.settle(std::move(message), {}, spool::Lane::received);
}

}  // namespace postern::delivery
