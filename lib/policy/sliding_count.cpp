// SPDX-License-Identifier: BSD-2-Clause
#include "policy/sliding_count.hpp"

#include <algorithm>

namespace postern::policy {

namespace {

constexpr unsigned kCountBits = 20;
constexpr std::uint64_t kNumbers = std::uint64_t{1}
                                   << 24;  // of windows, then again from 0: 31 years of minutes

}  // namespace

SlidingCount::SlidingCount(std::uint64_t word, std::chrono::milliseconds window, Instant now)
    : before_(0), current_(0), window_(static_cast<std::uint64_t>(window.count())) {
    const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(0, now.time_since_epoch().count()));
    window_number_ = time / window_ % kNumbers;
    elapsed_ = time % window_;
    std::uint64_t age = (window_number_ - (word >> (2 * kCountBits))) % kNumbers;
    if (word != 0 && age == kNumbers - 1) {  // of a process for which the next window has begun
        window_number_ = (window_number_ + 1) % kNumbers;
        elapsed_ = 0;
        age = 0;
    }
    if (age == 0) before_ = word >> kCountBits & kMost, current_ = word & kMost;
    if (age == 1) before_ = word & kMost;
}

std::uint64_t SlidingCount::value() const { return current_ + before_ * (window_ - elapsed_) / window_; }

std::uint64_t SlidingCount::plus(std::uint64_t count) const {
    const std::uint64_t sum = std::min(kMost, current_ + std::min(kMost, count));
    return window_number_ << (2 * kCountBits) | before_ << kCountBits | sum;
}

}  // namespace postern::policy
