// SPDX-License-Identifier: BSD-2-Clause
// Not strftime(3) itself: that reads /etc/localtime, and knows names that are no file names.
#include <optional>

#include "sys/log_file.hpp"

namespace postern::sys {

namespace {

using namespace std::chrono;

std::string padded(long number, std::size_t width) {
    std::string digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

std::optional<std::string> expand(char conversion, Instant at) {
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    const hh_mm_ss clock{floor<seconds>(at) - midnight};
    const int year = static_cast<int>(date.year());
    switch (conversion) {
        case 'Y': return padded(year, 4);
        case 'y': return padded(year % 100, 2);
        case 'm': return padded(static_cast<unsigned>(date.month()), 2);
        case 'd': return padded(static_cast<unsigned>(date.day()), 2);
        case 'H': return padded(clock.hours().count(), 2);
        case 'M': return padded(clock.minutes().count(), 2);
        case 'S': return padded(clock.seconds().count(), 2);
        case 'j': return padded((midnight - sys_days{date.year() / January / 1}).count() + 1, 3);
        case '%': return "%";
        default: return std::nullopt;
    }
}

Error bad(std::string_view pattern, std::string_view why) {
    return Error(Fault::configuration, "log.file " + std::string(pattern) + ": " + std::string(why));
}

}  // namespace

Result<std::string> log_file_name(std::string_view pattern, Instant at) {
    std::string name;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%') {
            name += pattern[i];
            continue;
        }
        const auto expanded = ++i < pattern.size() ? expand(pattern[i], at) : std::nullopt;
        if (!expanded) return bad(pattern, "only %Y %y %m %d %H %M %S %j and %% are known");
        name += *expanded;
    }
    if (name.empty() || name == "." || name == ".." ||
        name.find_first_of(std::string_view("/\0", 2)) != std::string::npos)
        return bad(pattern, "is no file name");
    return name;
}

}  // namespace postern::sys
