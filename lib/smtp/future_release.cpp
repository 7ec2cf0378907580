// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/future_release.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kMostDigits = 9;  // future-release-integer = %x31-39 *8DIGIT
constexpr std::size_t kDateAndTime = std::string_view("2026-11-21T20:30:05").size();

/// time-secfrac = "." 1*DIGIT; what is finer than a second is of no use here.
bool drop_fraction(std::string_view& text) {
    if (!text.starts_with('.')) return true;
    const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    text.remove_prefix(end);
    return end > 1;
}

/// time-offset = "Z" / ("+" / "-") time-hour ":" time-minute
std::optional<minutes> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return minutes(0);
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const auto hour = ascii::parse_number<int>(text.substr(1, 2));
    const auto minute = ascii::parse_number<int>(text.substr(4, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    const minutes offset(*hour * 60 + *minute);
    return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::optional<Hold> parse_hold_for(std::string_view value) {
    if (value.size() > kMostDigits || value.starts_with('0')) return std::nullopt;
    const auto count = ascii::parse_number<std::int64_t>(value);
    return count ? std::optional<Hold>(seconds(*count)) : std::nullopt;
}

std::optional<Hold> parse_hold_until(std::string_view value) {
    std::string in_utc(value.substr(0, kDateAndTime));
    std::ranges::replace(in_utc, 't', 'T');
    const auto at = parse_rfc3339(in_utc + 'Z');
    std::string_view rest = value.substr(std::min(kDateAndTime, value.size()));
    if (!at || !drop_fraction(rest)) return std::nullopt;
    const auto offset = parse_offset(rest);
    return offset ? std::optional<Hold>(*at - *offset) : std::nullopt;
}

bool is_within(const Hold& hold, const HoldLimits& limits) {
    if (const auto* interval = std::get_if<seconds>(&hold)) return *interval <= limits.longest;
    return *std::get_if<Instant>(&hold) <= limits.latest;
}

Instant release_time(const Hold& hold, Instant now) {
    if (const auto* interval = std::get_if<seconds>(&hold)) return now + *interval;
    return std::max(now, *std::get_if<Instant>(&hold));
}

std::string to_string(const HoldLimits& limits) {
    return std::to_string(limits.longest.count()) + ' ' + format_rfc3339(limits.latest, Precision::seconds);
}

}  // namespace postern::smtp
