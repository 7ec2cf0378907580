// SPDX-License-Identifier: BSD-2-Clause
// How often each subject has done what the limiter counts: connections within the last minute, the rest
// within the last hour. A subject has one of a few places that its number leads to; when they are all taken,
// the one goes that has the least to lose. So memory is bounded, however many sources there are, and a crowd
// of new ones costs each other their places.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "policy/limit_map.hpp"
#include "policy/subject.hpp"

namespace postern::policy {

using Counts = std::array<std::uint64_t, kCountedThings>;

struct Rate {
    Subject subject;
    Counts counts;
};

class Rates {
public:
    explicit Rates(LimitMap& map) : map_(map) {}

    /// One more, unless it would be more than `most`, 0 = any number. False when it would.
    bool take(Subject subject, Counted what, std::uint64_t most, Instant now);
    std::uint64_t count(Subject subject, Counted what, Instant now) const;
    /// The same of all subjects together.
    bool take_of_all(Counted what, std::uint64_t most, Instant now);
    std::uint64_t count_of_all(Counted what, Instant now) const;
    Counts of_all(Instant now) const;

    /// Whoever has a count that is not 0.
    std::vector<Rate> list(Instant now) const;
    void forget(Subject subject);
    void forget_all();

private:
    using Entry = LimitMap::Entry;

    LimitMap::Bucket& bucket_of(Subject subject) const;
    Entry* find(Subject subject) const;
    Entry& find_or_make(Subject subject, Instant now);

    LimitMap& map_;
};

}  // namespace postern::policy
