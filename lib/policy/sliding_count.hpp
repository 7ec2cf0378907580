// SPDX-License-Identifier: BSD-2-Clause
// How often something has happened within the last minute or hour, in one word, so that it can be changed by
// one compare-and-swap: the number of the current window, the count in it and the count in the window before,
// of which the part counts that is not longer ago than a window is long. A word of any value can be read:
// counts have an upper bound, and a window that is not the current one or the one before counts nothing:
// a later one until it has come, unless something is counted before.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/time.hpp"

namespace postern::policy {

class SlidingCount {
public:
    /// Counts no further; more than any limit may be.
    static constexpr std::uint64_t kMost = (std::uint64_t{1} << 20) - 1;

    SlidingCount(std::uint64_t word, std::chrono::milliseconds window, Instant now);

    std::uint64_t value() const;
    /// The word with so many more.
    std::uint64_t plus(std::uint64_t count) const;

private:
    std::uint64_t window_number_;
    std::uint64_t before_;
    std::uint64_t current_;
    std::uint64_t window_;   ///< milliseconds
    std::uint64_t elapsed_;  ///< of the current window
};

}  // namespace postern::policy
