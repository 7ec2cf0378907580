// SPDX-License-Identifier: BSD-2-Clause
// When a deferred recipient is tried again, and when for the last time (RFC 5321 §4.5.4.1; the timetable is
// in postern(7)). Pure.
#pragma once

#include <vector>

#include "runner/options.hpp"
#include "spool/history.hpp"
#include "spool/message_id.hpp"
#include "spool/record.hpp"

namespace postern::runner {

/// The message whose recipients were tried, as it was before.
struct TriedMessage {
    const spool::MessageId& id;
    Instant first_try{};  ///< when it may have been tried first: its age counts from then
    const spool::History& history;
};

/// How long recipients wait after the n-th try that put them off: interval, then growth times as long as
/// before, at most max_interval.
std::chrono::milliseconds pause_after(unsigned tries, const Options& options);

/// What is added to a pause so that mail which was put off together does not come back together: 0 to 10 %
/// of it, always the same for this message, recipient and try.
std::chrono::milliseconds jitter(std::chrono::milliseconds pause, const spool::MessageId& id,
                                 std::size_t recipient, unsigned tries);

/// What is to be recorded for an outcome. Deferred recipients get their `next` (unless they have one), those
/// with as many tries behind them in one record, so that they stay together; never after first_try + max_age,
/// which is when they are tried for the last time. Who was tried at that age or later, or max_tries times,
/// has failed instead (RFC 3463: X.4.7, or 5.2.2 where the mailbox was full). Other outcomes stay as they
/// are.
std::vector<spool::Outcome> decide(const spool::Outcome& outcome, const TriedMessage& message,
                                   const Options& options, Instant now);

}  // namespace postern::runner
