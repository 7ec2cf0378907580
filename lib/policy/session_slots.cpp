// SPDX-License-Identifier: BSD-2-Clause
#include "policy/session_slots.hpp"

#include <algorithm>
#include <random>

namespace postern::policy {

namespace {

/// How often all slots are looked at that seem to be taken, while there is none that seems to be free.
constexpr std::uint64_t kSweepPause = 100;
constexpr int kBlindTries = 8;
/// A session ends a little later than it may: the last reply has to go out.
constexpr std::chrono::minutes kGrace{1};

Instant to_instant(std::uint64_t word) {
    constexpr std::uint64_t latest = 253'402'300'799'000;  // of the year 9999; a word may be anything
    return Instant(std::chrono::milliseconds(std::min(word, latest)));
}

bool is_of(const LimitMap::Slot& slot, Subject whose) {
    const auto account = slot.account.load(std::memory_order_relaxed);
    if (whose.is_account()) return account == whose.number();
    return account == 0 && slot.source.load(std::memory_order_relaxed) == whose.number();
}

std::optional<Subject> subject_in(const Word& word) {
    const auto number = word.load();
    return number == 0 ? std::nullopt : std::optional(Subject::from_number(number));
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
    most_ = std::min(most, kMostSessions);
    for (const auto way : {&SessionSlots::take_free, &SessionSlots::take_dead, &SessionSlots::take_any}) {
        POSTERN_ASSIGN(const bool taken, (this->*way)(process, now));
        if (taken) return true;
    }
    return false;
}

/// Processes begin to look at different places, so that they seldom want the same one.
Result<bool> SessionSlots::take_free(std::uint64_t process, Instant now) {
    for (std::size_t step = 0; step < most_; ++step) {
        const std::size_t place = (process + step) % most_;
        if (seems_taken(map_.slots[place], now)) continue;
        POSTERN_ASSIGN(const bool taken, take_place(place, process, now));
        if (taken) return true;
    }
    return false;
}

Result<bool> SessionSlots::take_dead(std::uint64_t process, Instant now) {
    const auto last = map_.swept.load();
    if (const auto since = to_word(now) - last; last <= to_word(now) && since < kSweepPause) return false;
    map_.swept.store(to_word(now));
    for (std::size_t place = 0; place < most_; ++place) POSTERN_TRY(forget_if_dead(place));
    return take_free(process, now);
}

/// Whatever stands in the table: who writes lies into it all the time cannot keep others out.
Result<bool> SessionSlots::take_any(std::uint64_t process, Instant now) {
    std::minstd_rand random(static_cast<std::minstd_rand::result_type>(process + to_word(now)));
    for (int attempt = 0; attempt < kBlindTries; ++attempt) {
        POSTERN_ASSIGN(const bool taken, take_place(random() % most_, process, now));
        if (taken) return true;
    }
    return false;
}

Result<bool> SessionSlots::take_place(std::size_t place, std::uint64_t process, Instant now) {
    POSTERN_ASSIGN(const bool locked, table_.try_lock(place_of_lock(place), sizeof(Slot)));
    if (!locked) return false;
    own_ = place;
    Slot& slot = map_.slots[place];
    slot.source.store(0);
    slot.account.store(0);
    slot.process.store(process);
    slot.since.store(to_word(now));
    return true;
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

/// Since when it has been theirs is what counts: sessions that wait, and log in last, are no earlier ones. It
/// stands there before whose it is: two for the last place, each of which seemed to have been first for a
/// moment, would both be refused.
Word& SessionSlots::begin_anew(Word Slot::*whose, Instant now) {
    Slot& slot = map_.slots[*own_];
    slot.since.store(to_word(now));
    return slot.*whose;
}

Result<bool> SessionSlots::enter_source(Subject source, std::size_t most, Instant now) {
    if (!own_) return true;
    begin_anew(&Slot::source, now).store(source.number());
    return fits(source, most, now);
}

Result<bool> SessionSlots::enter_account(Subject account, std::size_t most, Instant now) {
    if (!own_) return true;
    Word& word = begin_anew(&Slot::account, now);
    const auto before = word.exchange(account.number());
    POSTERN_ASSIGN(const bool has_room, fits(account, most, now));
    if (!has_room) word.store(before);
    return has_room;
}

void SessionSlots::leave_account() {
    if (own_) map_.slots[*own_].account.store(0);
}

Result<bool> SessionSlots::fits(Subject whose, std::size_t most, Instant now) const {
    if (most == 0) return true;
    POSTERN_ASSIGN(const std::size_t before, count_before(whose, now));
    return before < most;
}

/// Of several that come at once, the earlier one has the right, or the one in the lower slot.
Result<std::size_t> SessionSlots::count_before(Subject whose, Instant now) const {
    const auto began = map_.slots[*own_].since.load();
    std::size_t count = 0;
    for (std::size_t place = 0; place < most_; ++place) {
        const Slot& slot = map_.slots[place];
        if (place == *own_ || !is_of(slot, whose)) continue;
        const auto since = slot.since.load();
        if (!seems_taken(slot, now) || since > began || (since == began && place > *own_)) continue;
        POSTERN_ASSIGN(const bool held, is_held(place));
        if (held) ++count;
    }
    return count;
}

void SessionSlots::clear_own() {
    if (!own_) return;
    Slot& slot = map_.slots[*own_];
    for (Word* const word : {&slot.source, &slot.account, &slot.since}) word->store(0);
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
        sessions.push_back(
            {subject_in(slot.source), subject_in(slot.account), to_instant(since), slot.process.load()});
    }
    return sessions;
}

}  // namespace postern::policy
