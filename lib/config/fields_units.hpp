// SPDX-License-Identifier: BSD-2-Clause
// Milliseconds, for the bounds of durations.
#pragma once

#include <cstdint>

namespace postern::config {

inline constexpr std::uint64_t kSecond = 1'000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                               kDay = 24 * kHour;

}  // namespace postern::config
