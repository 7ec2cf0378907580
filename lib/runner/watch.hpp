// SPDX-License-Identifier: BSD-2-Clause
// When a runner looks at the spool. It stills its bell, then looks, then waits: whatever is put into the
// spool after the look rings after the bell was stilled, so no call is lost. The time comes from a Clock, the
// waiting is a Bell's, so that tests pass hours in no time.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "base/clock.hpp"
#include "runner/bell.hpp"
#include "runner/slot.hpp"

namespace postern::runner {

/// What a pass leaves for later.
struct PassEnd {
    std::optional<Minute> next_due = std::nullopt;  ///< the first minute that was not due yet
    bool met_locked = false;                        ///< a message was skipped because somebody has it
    bool is_in_trouble = false;                     ///< this machine was, so something was left undone
};

/// How long to sleep, unless somebody rings. `locked_before`: the passes in a row, before this one, that met
/// a locked message: whoever has it will be done in a moment, or dies, or takes long. Pure.
std::chrono::milliseconds pause_after(const PassEnd& end, unsigned locked_before, Instant now,
                                      std::chrono::milliseconds scan);

struct Watch {
    Bell& bell;
    const Clock& clock;
    std::chrono::milliseconds scan;  ///< queue.scan
    std::function<bool()> may_go_on;
    std::function<PassEnd()> pass;
};

/// Passes, and sleeps between them, as long as it may go on.
void watch(const Watch& with);

/// One pass, and another for each time that the bell rang meanwhile; then the place is left. A second runner
/// that finds the place taken rings and tries once more (take_slot): when that fails, too, the holder leaves
/// after the call, and so must hear of it, because it looks once more after leaving.
Status run_once(Bell& bell, Slot& slot, const std::function<bool()>& may_go_on,
                const std::function<PassEnd()>& pass);

}  // namespace postern::runner
