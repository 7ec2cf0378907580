// SPDX-License-Identifier: BSD-2-Clause
// Points in time and how Postern writes them: RFC 3339 in UTC, minutes as directory names,
// durations as people write them. No clock is read here; see clock.hpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace postern {

/// Wall-clock time, UTC, to the millisecond.
using Instant = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;
/// Whole minutes: the grain of the queue's schedule.
using Minute = std::chrono::time_point<std::chrono::system_clock, std::chrono::minutes>;

enum class Precision { seconds, milliseconds };

/// "2026-11-21T20:30:05Z" or "2026-11-21T20:30:05.123Z".
std::string format_rfc3339(Instant at, Precision precision = Precision::milliseconds);
/// Reads what format_rfc3339 writes, and only UTC ("Z").
std::optional<Instant> parse_rfc3339(std::string_view text);

/// "20261121T2030Z", the name of a minute directory.
std::string format_minute(Minute minute);
std::optional<Minute> parse_minute(std::string_view text);
/// The first whole minute that is not before `at`.
Minute minute_not_before(Instant at);

/// "30m", "5d", "90s", "1h30m", "250ms"; units ms s m h d w. A bare number other than 0 is refused.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
/// The shortest text that parse_duration reads back to the same value.
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace postern
