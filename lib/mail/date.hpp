// SPDX-License-Identifier: BSD-2-Clause
// The date-time of RFC 5322 §3.3: "Sat, 21 Nov 2026 20:30:05 +0000".
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace postern::mail {

inline constexpr std::array<std::string_view, 7> kDayNames{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
inline constexpr std::array<std::string_view, 12> kMonthNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// In UTC.
std::string format_date(Instant at);

/// Reads what format_date writes, other zones, comments, and the obsolete forms of §4.3. The name of the day
/// need not fit.
std::optional<Instant> parse_date(std::string_view text);

}  // namespace postern::mail
