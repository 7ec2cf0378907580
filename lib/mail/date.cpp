// SPDX-License-Identifier: BSD-2-Clause
#include "mail/date.hpp"

namespace postern::mail {

using namespace std::chrono;

namespace {

void append_two_digits(std::string& out, long number) {
    out += static_cast<char>('0' + number / 10 % 10);
    out += static_cast<char>('0' + number % 10);
}

void append_clock(std::string& out, const hh_mm_ss<milliseconds>& clock) {
    append_two_digits(out, clock.hours().count());
    append_two_digits(out += ':', clock.minutes().count());
    append_two_digits(out += ':', clock.seconds().count());
}

}  // namespace

std::string format_date(Instant at) {
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    std::string out(kDayNames[weekday{midnight}.c_encoding()]);
    out += ", " + std::to_string(static_cast<unsigned>(date.day())) + ' ';
    out += kMonthNames[static_cast<unsigned>(date.month()) - 1];
    out += ' ' + std::to_string(static_cast<int>(date.year())) + ' ';
    append_clock(out, hh_mm_ss{at - midnight});
    return out += " +0000";
}

}  // namespace postern::mail
