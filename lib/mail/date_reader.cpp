// SPDX-License-Identifier: BSD-2-Clause
// Reading a date-time (RFC 5322 §3.3), with the years and zones of former times (§4.3).
#include <array>

#include "base/ascii.hpp"
#include "mail/date.hpp"
#include "mail/token_reader.hpp"

namespace postern::mail {

using namespace std::chrono;

namespace {

/// What stands where; each step fails for good.
class DateReader {
public:
    explicit DateReader(std::string_view text) : in_(text) {}

    std::optional<Instant> read() && {
        in_.skip_blanks();
        if (!take_day_name()) return std::nullopt;
        const auto date = take_date();
        const auto time = take_time();
        const auto zone = take_zone();
        if (!date || !time || !zone || !in_.at_end() || in_.broken()) return std::nullopt;
        return Instant(sys_days(*date)) + *time - *zone;
    }

private:
    std::string_view take_letters() {
        const auto letters = in_.take_while(ascii::is_alpha);
        in_.skip_blanks();
        return letters;
    }

    std::string_view take_digits() {
        const auto digits = in_.take_while(ascii::is_digit);
        in_.skip_blanks();
        return digits;
    }

    /// A number of so many digits.
    std::optional<int> take_number(std::size_t least, std::size_t most) {
        const auto digits = take_digits();
        if (digits.size() < least || digits.size() > most) return std::nullopt;
        return ascii::parse_number<int>(digits);
    }

    bool take(char c) {
        const bool taken = in_.take(c);
        in_.skip_blanks();
        return taken;
    }

    template <std::size_t N>
    static std::optional<unsigned> place_of(std::string_view name,
                                            const std::array<std::string_view, N>& names) {
        for (unsigned i = 0; i < N; ++i)
            if (ascii::equals_ignoring_case(name, names[i])) return i;
        return std::nullopt;
    }

    bool take_day_name() {
        const auto name = take_letters();
        return name.empty() || (place_of(name, kDayNames) && take(','));
    }

    /// Two digits are of 1950 to 2049, three are counted from 1900 (§4.3).
    std::optional<int> take_year() {
        const auto digits = take_digits();
        const auto number = ascii::parse_number<int>(digits);
        if (!number || digits.size() < 2 || digits.size() > 4) return std::nullopt;
        if (digits.size() == 2) return *number + (*number < 50 ? 2000 : 1900);
        const int year = digits.size() == 3 ? *number + 1900 : *number;
        return year >= 1900 ? std::optional(year) : std::nullopt;
    }

    std::optional<year_month_day> take_date() {
        const auto day_number = take_number(1, 2);
        const auto month_number = place_of(take_letters(), kMonthNames);
        const auto year_number = take_year();
        if (!day_number || !month_number || !year_number) return std::nullopt;
        const year_month_day date{year(*year_number), month(*month_number + 1),
                                  day(static_cast<unsigned>(*day_number))};
        return date.ok() ? std::optional(date) : std::nullopt;
    }

    /// 60 is a leap second.
    std::optional<seconds> take_time() {
        const auto hour = take_number(1, 2);  // one digit is seen in the wild
        if (!hour || *hour > 23 || !take(':')) return std::nullopt;
        const auto minute = take_number(2, 2);
        if (!minute || *minute > 59) return std::nullopt;
        const auto second = take(':') ? take_number(2, 2) : std::optional(0);
        if (!second || *second > 60) return std::nullopt;
        return hours(*hour) + minutes(*minute) + seconds(*second);
    }

    std::optional<minutes> take_zone() {
        const bool is_west = in_.peek() == '-';
        if (is_west || in_.peek() == '+') {
            in_.take_any();
            const auto number = take_number(4, 4);
            if (!number || *number % 100 > 59) return std::nullopt;
            const minutes offset = hours(*number / 100) + minutes(*number % 100);
            return is_west ? -offset : offset;
        }
        const auto name = take_letters();
        return name.empty() ? std::nullopt : std::optional(offset_of(name));
    }

    /// Only the zones of North America can be relied upon; all other names say nothing (§4.3).
    static minutes offset_of(std::string_view name) {
        struct Zone {
            std::string_view name;
            int west;
        };
        constexpr std::array<Zone, 8> zones{
            {{"EDT", 4}, {"EST", 5}, {"CDT", 5}, {"CST", 6}, {"MDT", 6}, {"MST", 7}, {"PDT", 7}, {"PST", 8}}};
        for (const Zone& zone : zones)
            if (ascii::equals_ignoring_case(name, zone.name)) return -hours(zone.west);
        return minutes(0);
    }

    TokenReader in_;
};

}  // namespace

std::optional<Instant> parse_date(std::string_view text) { return DateReader(text).read(); }

}  // namespace postern::mail
