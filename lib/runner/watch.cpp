// SPDX-License-Identifier: BSD-2-Clause
#include "runner/watch.hpp"

#include <algorithm>

namespace postern::runner {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLookAgain{50};  // deliver(8), Watching
constexpr milliseconds kLookAgainAtMost{1000};
constexpr unsigned kDoublings = 5;  // by then it is more than that
constexpr milliseconds kTroubleLasts = std::chrono::minutes(1);

milliseconds pause_for_locked(unsigned before) {
    return std::min(kLookAgain * (1U << std::min(before, kDoublings)), kLookAgainAtMost);
}

}  // namespace

milliseconds pause_after(const PassEnd& end, unsigned locked_before, Instant now, milliseconds scan) {
    milliseconds pause = scan;
    if (end.next_due) pause = std::min(pause, std::max(milliseconds(0), Instant(*end.next_due) - now));
    if (end.is_in_trouble) pause = std::min(pause, kTroubleLasts);
    if (end.met_locked) pause = std::min(pause, pause_for_locked(locked_before));
    return pause;
}

void watch(const Watch& with) {
    for (unsigned locked_in_a_row = 0; with.may_go_on();) {
        with.bell.still();
        const PassEnd end = with.pass();
        with.bell.wait(pause_after(end, locked_in_a_row, with.clock.now(), with.scan));
        locked_in_a_row = end.met_locked ? locked_in_a_row + 1 : 0;
    }
}

Status run_once(Bell& bell, Slot& slot, const std::function<bool()>& may_go_on,
                const std::function<PassEnd()>& pass) {
    while (may_go_on()) {
        bell.still();
        (void)pass();
        if (bell.has_rung()) continue;
        slot.leave();
        if (!bell.has_rung()) break;  // not stilled: if somebody else has the place now, the call is for him
        POSTERN_ASSIGN(const bool is_ours, slot.take_again());
        if (!is_ours) break;
    }
    return done;
}

}  // namespace postern::runner
