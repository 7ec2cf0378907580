// SPDX-License-Identifier: BSD-2-Clause
// When a deferred recipient is tried again, and when for the last time. Pure.
#pragma once

#include "runner/options.hpp"
#include "spool/record.hpp"

namespace postern::runner {

/// A deferred outcome gets its `next` (now + interval, unless it has one), or is `failed` when the message
/// has been here for max_age (RFC 5321 §4.5.4.1; RFC 3463: X.4.7). Others stay as they are.
spool::Outcome decide(spool::Outcome outcome, const Options& options, Instant received, Instant now);

}  // namespace postern::runner
