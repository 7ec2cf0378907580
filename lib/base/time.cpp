// SPDX-License-Identifier: BSD-2-Clause
#include "base/time.hpp"

#include <array>
#include <cstdint>

#include "base/ascii.hpp"

namespace postern {

using namespace std::chrono;

namespace {

void append_padded(std::string& out, long value, int width) {
    std::string digits = std::to_string(value);
    if (digits.size() < static_cast<std::size_t>(width))
        out.append(static_cast<std::size_t>(width) - digits.size(), '0');
    out += digits;
}

struct Civil {
    int year;
    unsigned month, day;
    int hour, minute, second, millisecond;
};

Civil civil(Instant at) {
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    const hh_mm_ss clock{at - midnight};
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count()),
            static_cast<int>(clock.subseconds().count())};
}

/// Takes `width` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    const auto number = ascii::parse_number<int>(text.substr(0, width));
    text.remove_prefix(width);
    return number;
}

bool take_char(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Instant> compose(int y, int mo, int d, int h, int mi, int s, int ms) {
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
    if (!date.ok() || h > 23 || mi > 59 || s > 60) return std::nullopt;
    return Instant{sys_days{date}} + hours{h} + minutes{mi} + seconds{s} + milliseconds{ms};
}

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};
constexpr std::array<Unit, 6> kUnits{
    {{"w", 604'800'000}, {"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::int64_t kLongest = 3'153'600'000'000;  // a century: no sum of two overflows

}  // namespace

std::string format_rfc3339(Instant at, Precision precision) {
    const Civil c = civil(at);
    std::string out;
    append_padded(out, c.year, 4);
    append_padded(out += '-', static_cast<long>(c.month), 2);
    append_padded(out += '-', static_cast<long>(c.day), 2);
    append_padded(out += 'T', c.hour, 2);
    append_padded(out += ':', c.minute, 2);
    append_padded(out += ':', c.second, 2);
    if (precision == Precision::milliseconds) append_padded(out += '.', c.millisecond, 3);
    return out += 'Z';
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
    const auto y = take_digits(text, 4);
    if (!y || !take_char(text, '-')) return std::nullopt;
    const auto mo = take_digits(text, 2);
    if (!mo || !take_char(text, '-')) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d || !take_char(text, 'T')) return std::nullopt;
    const auto h = take_digits(text, 2);
    if (!h || !take_char(text, ':')) return std::nullopt;
    const auto mi = take_digits(text, 2);
    if (!mi || !take_char(text, ':')) return std::nullopt;
    const auto s = take_digits(text, 2);
    std::optional<int> ms = 0;
    if (take_char(text, '.')) ms = take_digits(text, 3);
    if (!s || !ms || text != "Z") return std::nullopt;
    return compose(*y, *mo, *d, *h, *mi, *s, *ms);
}

std::string format_minute(Minute minute) {
    const Civil c = civil(minute);
    std::string out;
    append_padded(out, c.year, 4);
    append_padded(out, static_cast<long>(c.month), 2);
    append_padded(out, static_cast<long>(c.day), 2);
    append_padded(out += 'T', c.hour, 2);
    append_padded(out, c.minute, 2);
    return out += 'Z';
}

std::optional<Minute> parse_minute(std::string_view text) {
    const auto y = take_digits(text, 4), mo = take_digits(text, 2), d = take_digits(text, 2);
    if (!y || !mo || !d || !take_char(text, 'T')) return std::nullopt;
    const auto h = take_digits(text, 2), mi = take_digits(text, 2);
    if (!h || !mi || text != "Z") return std::nullopt;
    const auto at = compose(*y, *mo, *d, *h, *mi, 0, 0);
    if (!at) return std::nullopt;
    return floor<minutes>(*at);
}

Minute minute_not_before(Instant at) { return ceil<minutes>(at); }

std::optional<milliseconds> parse_duration(std::string_view text) {
    if (text == "0") return milliseconds{0};
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    while (!text.empty()) {
        std::size_t digits = 0;
        while (digits < text.size() && ascii::is_digit(text[digits])) ++digits;
        const auto count = ascii::parse_number<std::int64_t>(text.substr(0, digits));
        text.remove_prefix(digits);
        std::size_t letters = 0;
        while (letters < text.size() && ascii::is_lower(text[letters])) ++letters;
        const std::string_view name = text.substr(0, letters);
        text.remove_prefix(letters);
        const auto* unit =
            std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.name == name; });
        if (!count || unit == kUnits.end() || *count > kLongest / unit->milliseconds) return std::nullopt;
        total += *count * unit->milliseconds;
        if (total > kLongest) return std::nullopt;
    }
    return milliseconds{total};
}

std::string format_duration(milliseconds duration) {
    std::int64_t rest = duration.count();
    if (rest == 0) return "0";
    std::string out;
    for (const Unit& unit : kUnits) {
        if (unit.name == "w" && rest % unit.milliseconds != 0) continue;  // "10d", not "1w3d"
        if (const auto count = rest / unit.milliseconds; count > 0) {
            out += std::to_string(count);
            out += unit.name;
            rest -= count * unit.milliseconds;
        }
    }
    return out;
}

}  // namespace postern
