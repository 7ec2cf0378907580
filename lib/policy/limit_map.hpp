// SPDX-License-Identifier: BSD-2-Clause
// How the limiter's shared memory (run/limits) is laid out. Words, and nothing else: no pointer, no length,
// no index stands in it. Each word is read and written atomically by itself; a process that is killed between
// two of them leaves counts that are wrong for an hour at worst. Another layout wants another kKind.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/time.hpp"
#include "policy/limit_options.hpp"
#include "sys/shared_table.hpp"

namespace postern::policy {

using Word = std::atomic<std::uint64_t>;
static_assert(Word::is_always_lock_free && sizeof(Word) == 8);

/// A point in time as a word: milliseconds since 1970.
inline std::uint64_t to_word(Instant at) { return static_cast<std::uint64_t>(at.time_since_epoch().count()); }

/// What is counted about a subject.
enum class Counted : std::size_t { connections, messages, recipients, auth_failures, unknown_recipients };
inline constexpr std::size_t kCountedThings = 5;

struct LimitMap {
    static constexpr std::uint64_t kKind = 1;
    static constexpr std::size_t kBuckets = 2048, kWays = 8;

    /// A session. Who holds the lock of these octets has the slot; what stands in it is only a hint.
    struct Slot {
        Word since;    ///< when it became whose it is, milliseconds since 1970; 0 = free
        Word source;   ///< a Subject's number; 0 = not known yet
        Word process;  ///< for people
        Word account;  ///< a Subject's number; 0 = nobody has logged in
    };
    /// A subject and what it has done.
    struct Entry {
        Word subject;                             ///< a Subject's number; 0 = free
        Word used;                                ///< when last, milliseconds since 1970
        std::array<Word, kCountedThings> counts;  ///< SlidingCount
        Word unused;
    };
    using Bucket = std::array<Entry, kWays>;

    Word swept;  ///< when the slots of dead sessions were looked for, milliseconds since 1970
    std::array<Word, 7> unused;
    Entry all;  ///< what everybody has done together
    std::array<Word, 496> unused_too;
    std::array<Slot, kMostSessions> slots;
    std::array<Bucket, kBuckets> buckets;
};
static_assert(sizeof(LimitMap::Entry) == 64, "a cache line");
static_assert(offsetof(LimitMap, slots) == 4096 && offsetof(LimitMap, buckets) % 64 == 0);

/// The table's memory as what it is.
inline LimitMap& limit_map(const sys::SharedTable& table) {
    return *reinterpret_cast<LimitMap*>(table.octets().data());
}

}  // namespace postern::policy
