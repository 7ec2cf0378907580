// SPDX-License-Identifier: BSD-2-Clause
// FUTURERELEASE (RFC 4865): a sender may say that a message is to be held for so long, or until then.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.hpp"

namespace postern::smtp {

using Hold = std::variant<std::chrono::seconds, Instant>;

/// How far ahead this server holds a message. Both are announced; each holds for the form that it is of.
struct HoldLimits {
    std::chrono::seconds longest;
    Instant latest;
};

/// The value of HOLDFOR: seconds, 1 to 999999999.
std::optional<Hold> parse_hold_for(std::string_view value);
/// The value of HOLDUNTIL: a date-time of RFC 3339 §5.6, with any offset.
std::optional<Hold> parse_hold_until(std::string_view value);

bool is_within(const Hold& hold, const HoldLimits& limits);

/// When a message that comes now may be tried first. A time that is over means at once.
Instant release_time(const Hold& hold, Instant now);

/// What EHLO says behind the keyword: the longest interval, the latest date-time.
std::string to_string(const HoldLimits& limits);

}  // namespace postern::smtp
