// SPDX-License-Identifier: BSD-2-Clause
#include "wire/pace.hpp"

namespace postern::wire {

void Pace::restart() {
    waited_ = {};
    octets_ = 0;
}

std::chrono::nanoseconds Pace::left() const {
    return rate_ == 0 ? std::chrono::hours(24) : window_ - waited_;
}

bool Pace::is_kept(std::chrono::nanoseconds waited, std::uint64_t octets) {
    waited_ += waited;
    octets_ += octets;
    if (rate_ == 0 || waited_ < window_) return true;
    const auto needed =
        rate_ * static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(waited_).count()) /
        1000;
    const bool kept = octets_ >= needed;
    restart();
    return kept;
}

}  // namespace postern::wire
