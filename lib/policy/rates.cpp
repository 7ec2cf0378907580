// SPDX-License-Identifier: BSD-2-Clause
#include "policy/rates.hpp"

#include <algorithm>
#include <utility>

#include "policy/sliding_count.hpp"

namespace postern::policy {

namespace {

using Entry = LimitMap::Entry;

/// Others change the same word at the same time; somebody who never stops is lying.
constexpr int kTries = 1000;
constexpr std::uint64_t kMostAhead = 60'000;  // milliseconds
constexpr std::uint64_t kWeightOfOffence = 10;

std::chrono::milliseconds window_of(Counted what) {
    return what == Counted::connections ? std::chrono::milliseconds(std::chrono::minutes(1))
                                        : std::chrono::milliseconds(std::chrono::hours(1));
}

/// Spreads numbers that are close to each other (the end of splitmix64).
std::uint64_t mix(std::uint64_t number) {
    number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9U;
    number = (number ^ number >> 27) * 0x94d049bb133111ebU;
    return number ^ number >> 31;
}

Word& word_of(Entry& entry, Counted what) { return entry.counts[static_cast<std::size_t>(what)]; }

bool add(Word& word, Counted what, std::uint64_t most, Instant now) {
    auto old = word.load();
    for (int attempt = 0; attempt < kTries; ++attempt) {
        const SlidingCount count(old, window_of(what), now);
        if (most != 0 && count.value() >= most) return false;
        if (word.compare_exchange_weak(old, count.plus(1))) return true;
    }
    return true;
}

Counts counts_of(const Entry& entry, Instant now) {
    Counts counts{};
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] = SlidingCount(entry.counts[i].load(), window_of(static_cast<Counted>(i)), now).value();
    return counts;
}

void clear_counts(Entry& entry) {
    for (Word& word : entry.counts) word.store(0);
}

/// What would be forgotten with an entry. Few offences lead to a ban, so one of them is worth many doings.
std::uint64_t weight_of(const Entry& entry, Instant now) {
    const auto counts = counts_of(entry, now);
    const auto of = [&](Counted what) { return counts[static_cast<std::size_t>(what)]; };
    return of(Counted::connections) + of(Counted::messages) + of(Counted::recipients) +
           kWeightOfOffence * (of(Counted::auth_failures) + of(Counted::unknown_recipients));
}

/// Processes look at the clock at different moments. What is further ahead is a lie, and as old as can be.
std::uint64_t last_use_of(const Entry& entry, Instant now) {
    const auto used = entry.used.load(std::memory_order_relaxed);
    return used > to_word(now) + kMostAhead ? 0 : std::min(used, to_word(now));
}

/// The one with the least to forget, and of equal ones the one used longest ago: a crowd of sources that do
/// little pushes out neither who does much nor who is about to be banned.
Entry& least_of(LimitMap::Bucket& bucket, Instant now) {
    return *std::ranges::min_element(bucket, {}, [now](const Entry& entry) {
        return std::pair(weight_of(entry, now), last_use_of(entry, now));
    });
}

}  // namespace

LimitMap::Bucket& Rates::bucket_of(Subject subject) const {
    return map_.buckets[mix(subject.number()) % LimitMap::kBuckets];
}

Entry* Rates::find(Subject subject) const {
    for (Entry& entry : bucket_of(subject))
        if (entry.subject.load() == subject.number()) return &entry;
    return nullptr;
}

/// The counts are cleared before the place changes hands: who is killed in between leaves nobody with the
/// counts of another.
Entry& Rates::find_or_make(Subject subject, Instant now) {
    for (int attempt = 0; attempt < kTries; ++attempt) {
        if (Entry* const found = find(subject)) return *found;
        Entry& least = least_of(bucket_of(subject), now);
        auto owner = least.subject.load();
        clear_counts(least);
        least.used.store(to_word(now));
        if (least.subject.compare_exchange_strong(owner, subject.number())) return least;
    }
    return bucket_of(subject).front();
}

bool Rates::take(Subject subject, Counted what, std::uint64_t most, Instant now) {
    Entry& entry = find_or_make(subject, now);
    entry.used.store(to_word(now));
    return add(word_of(entry, what), what, most, now);
}

std::uint64_t Rates::count(Subject subject, Counted what, Instant now) const {
    Entry* const entry = find(subject);
    return entry == nullptr ? 0 : SlidingCount(word_of(*entry, what).load(), window_of(what), now).value();
}

bool Rates::take_of_all(Counted what, std::uint64_t most, Instant now) {
    return add(word_of(map_.all, what), what, most, now);
}

std::uint64_t Rates::count_of_all(Counted what, Instant now) const {
    return SlidingCount(word_of(map_.all, what).load(), window_of(what), now).value();
}

Counts Rates::of_all(Instant now) const { return counts_of(map_.all, now); }

std::vector<Rate> Rates::list(Instant now) const {
    std::vector<Rate> rates;
    for (const auto& bucket : map_.buckets)
        for (const Entry& entry : bucket) {
            const auto number = entry.subject.load();
            const Counts counts = counts_of(entry, now);
            if (number != 0 && counts != Counts{}) rates.push_back({Subject::from_number(number), counts});
        }
    return rates;
}

void Rates::forget(Subject subject) {
    for (Entry& entry : bucket_of(subject))
        if (entry.subject.load() == subject.number()) clear_counts(entry);
}

void Rates::forget_all() {
    for (auto& bucket : map_.buckets)
        for (Entry& entry : bucket) clear_counts(entry);
    clear_counts(map_.all);
}

}  // namespace postern::policy
