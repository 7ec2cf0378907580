// SPDX-License-Identifier: BSD-2-Clause
// The timetable in postern(7) is what the code does with the default settings.
#include <cmath>
#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>

#include "runner/retry.hpp"

using namespace postern;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace timetable_tests {

struct Row {
    unsigned number = 0;  ///< of the try
    std::string pause, earliest, latest;
};

/// The lines ".It 2 Ta 30m Ta 30m Ta 33m" of the page.
std::vector<Row> rows_in_the_page() {
    std::ifstream page(POSTERN_SOURCE_DIR "/man/postern.7");
    std::vector<Row> rows;
    for (std::string line; std::getline(page, line);) {
        Row row;
        std::string it, ta;
        std::istringstream words(line);
        if (words >> it >> row.number >> ta >> row.pause >> ta >> row.earliest >> ta >> row.latest &&
            it == ".It")
            rows.push_back(row);
    }
    return rows;
}

std::string page_text() {
    std::ifstream page(POSTERN_SOURCE_DIR "/man/postern.7");
    return {std::istreambuf_iterator<char>(page), {}};
}

/// As the page writes it: whole minutes, rounded down.
std::string in_minutes(milliseconds age) {
    return format_duration(std::chrono::floor<std::chrono::minutes>(age));
}

}  // namespace timetable_tests

BOOST_AUTO_TEST_SUITE(timetable_tests)

BOOST_AUTO_TEST_CASE(the_rows_of_the_page_are_the_pauses_of_the_code) {
    const runner::Options options;
    const auto rows = rows_in_the_page();
    BOOST_REQUIRE(rows.size() == 10u);
    milliseconds earliest{0}, latest{0};
    for (unsigned number = 1; number <= rows.size(); ++number) {
        const Row& row = rows[number - 1];
        const milliseconds pause = number == 1 ? 0ms : runner::pause_after(number - 1, options);
        earliest += pause;
        latest += pause + pause / 10;
        BOOST_TEST(row.number == number);
        BOOST_TEST(row.pause == (number == 1 ? "-" : in_minutes(pause)));
        BOOST_TEST(row.earliest == in_minutes(earliest));
        BOOST_TEST(row.latest == in_minutes(latest));
    }
}

BOOST_AUTO_TEST_CASE(the_last_try_is_the_one_of_the_page) {
    const runner::Options options;
    const auto tries_until_max_age = [&](double with_jitter) {
        double age = 0;
        unsigned number = 1;
        for (; age < static_cast<double>(options.max_age.count()); ++number)
            age += static_cast<double>(runner::pause_after(number, options).count()) * with_jitter;
        return number;
    };
    const std::string first = std::to_string(tries_until_max_age(1.1)),
                      last = std::to_string(tries_until_max_age(1));
    BOOST_TEST(page_text().find("one of the " + first + "nd to " + last + "th, at " +
                                format_duration(options.max_age)) != std::string::npos,
               first << " to " << last);
}

BOOST_AUTO_TEST_SUITE_END()
