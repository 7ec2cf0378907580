// SPDX-License-Identifier: BSD-2-Clause
#include "runner/retry.hpp"

namespace postern::runner {

using Kind = spool::Outcome::Kind;

spool::Outcome decide(spool::Outcome outcome, const Options& options, Instant received, Instant now) {
    if (outcome.kind != Kind::deferred) return outcome;
    if (now - received < options.max_age) {
        if (!outcome.next) outcome.next = now + options.interval;
        return outcome;
    }
    outcome.kind = Kind::failed;
    outcome.status = "4.4.7";
    outcome.next.reset();
    if (!outcome.reason.empty()) outcome.reason += "; ";
    outcome.reason += "given up after " + format_duration(options.max_age);
    return outcome;
}

}  // namespace postern::runner
