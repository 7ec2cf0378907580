// SPDX-License-Identifier: BSD-2-Clause
#include "policy/session_slots.hpp"

#include <algorithm>

namespace postern::policy {

namespace {

/// How often all slots are looked at that seem to be taken, while there is none that seems to be free.
constexpr std::uint64_t kSweepPause = 100;
/// A session ends a little later than it may: the last reply has to go out.
constexpr std::chrono::minutes kGrace{1};

Instant to_instant(std::uint64_t word) {
    constexpr std::uint64_t latest = 253'402'300'799'000;  // of the year 9999; a word may be anything
    return Instant(std::chrono::milliseconds(std::min(word, latest)));
}

std::size_t place_of_lock(std::size_t place) {
    return offsetof(LimitMap, slots) + place * sizeof(LimitMap::Slot);
}

}  // namespace

bool SessionSlots::seems_taken(const Slot& slot, Instant now) const {
    const auto since = slot.since.load(std::memory_order_relaxed);
    const auto age = now - to_instant(since);
    return since != 0 && age >= -kGrace && age <= longest_ + kGrace;
}

Result<bool> SessionSlots::take(std::size_t most, std::uint64_t process, Instant now) {
    most = most_ = std::min(most, kMostSessions);
    POSTERN_ASSIGN(const bool taken, take_free(most, process, now));
    if (taken) return true;
    const auto last = map_.swept.load();
    if (const auto since = to_word(now) - last; last <= to_word(now) && since < kSweepPause) return false;
    map_.swept.store(to_word(now));
    POSTERN_TRY(sweep(most));
    return take_free(most, process, now);
}

/// Processes begin to look at different places, so that they seldom want the same one.
Result<bool> SessionSlots::take_free(std::size_t most, std::uint64_t process, Instant now) {
    for (std::size_t step = 0; step < most; ++step) {
        const std::size_t place = (process + step) % most;
        Slot& slot = map_.slots[place];
        if (seems_taken(slot, now)) continue;
        POSTERN_ASSIGN(const bool locked, table_.try_lock(place_of_lock(place), sizeof(Slot)));
        if (!locked) continue;
        own_ = place;
        slot.source.store(0);
        slot.process.store(process);
        slot.since.store(to_word(now));
        return true;
    }
    return false;
}

Status SessionSlots::sweep(std::size_t most) {
    for (std::size_t place = 0; place < most; ++place) POSTERN_TRY(forget_if_dead(place));
    return done;
}

Result<bool> SessionSlots::is_held(std::size_t place) const {
    if (own_ == place) return true;
    return table_.is_locked(place_of_lock(place), sizeof(Slot));
}

Status SessionSlots::forget_if_dead(std::size_t place) {
    auto since = map_.slots[place].since.load();
    if (since == 0) return done;
    POSTERN_ASSIGN(const bool held, is_held(place));
    if (!held) map_.slots[place].since.compare_exchange_strong(since, 0);  // unless somebody has it by now
    return done;
}

Result<bool> SessionSlots::enter_source(Subject source, std::size_t most, Instant now) {
    if (!own_) return true;
    map_.slots[*own_].source.store(source.number());
    if (most == 0) return true;
    POSTERN_ASSIGN(const std::size_t before, count_before(source, now));
    return before < most;
}

/// Of several that come at once, the earlier one has the right, or the one in the lower slot.
Result<std::size_t> SessionSlots::count_before(Subject source, Instant now) const {
    const auto began = map_.slots[*own_].since.load();
    std::size_t count = 0;
    for (std::size_t place = 0; place < most_; ++place) {
        const Slot& slot = map_.slots[place];
        if (place == *own_ || slot.source.load(std::memory_order_relaxed) != source.number()) continue;
        const auto since = slot.since.load();
        if (!seems_taken(slot, now) || since > began || (since == began && place > *own_)) continue;
        POSTERN_ASSIGN(const bool held, is_held(place));
        if (held) ++count;
    }
    return count;
}

void SessionSlots::clear_own() {
    if (!own_) return;
    map_.slots[*own_].source.store(0);
    map_.slots[*own_].since.store(0);
}

void SessionSlots::give_back() {
    clear_own();
    if (!own_) return;
    (void)table_.unlock(place_of_lock(*own_), sizeof(Slot));
    own_.reset();
}

Result<std::vector<LiveSession>> SessionSlots::list() const {
    std::vector<LiveSession> sessions;
    for (std::size_t place = 0; place < map_.slots.size(); ++place) {
        const Slot& slot = map_.slots[place];
        const auto since = slot.since.load();
        if (since == 0) continue;
        POSTERN_ASSIGN(const bool held, is_held(place));
        if (!held) continue;
        const auto source = slot.source.load();
        sessions.push_back({source == 0 ? std::nullopt : std::optional(Subject::from_number(source)),
                            to_instant(since), slot.process.load()});
    }
    return sessions;
}

}  // namespace postern::policy
