// SPDX-License-Identifier: BSD-2-Clause
#include "base/time.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace std::chrono_literals;

namespace time_text {

Instant at(std::string_view text) { return parse_rfc3339(text).value(); }

}  // namespace time_text

BOOST_AUTO_TEST_SUITE(time_text)

BOOST_AUTO_TEST_CASE(rfc3339_is_written_in_utc) {
    BOOST_TEST(format_rfc3339(Instant{1'700'000'000'123ms}) == "2023-11-14T22:13:20.123Z");
    BOOST_TEST(format_rfc3339(Instant{1'700'000'000'999ms}, Precision::seconds) == "2023-11-14T22:13:20Z");
    BOOST_TEST(format_rfc3339(Instant{0ms}) == "1970-01-01T00:00:00.000Z");
    BOOST_TEST(format_rfc3339(Instant{-1ms}) == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
    for (const char* text :
         {"2026-11-21T20:30:05.123Z", "2024-02-29T23:59:59.999Z", "1969-12-31T00:00:00.001Z"})
        BOOST_TEST(format_rfc3339(at(text)) == text);
    BOOST_TEST(format_rfc3339(at("2026-11-21T20:30:05Z")) == "2026-11-21T20:30:05.000Z");
}

BOOST_AUTO_TEST_CASE(other_forms_of_time_are_refused) {
    for (const char* text :
         {"", "2026-11-21", "2026-11-21T20:30:05", "2026-11-21T20:30:05+01:00", "2026-11-21t20:30:05Z",
          "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T20:60:00Z",
          "2026-11-21T20:30:05.1Z", "2026-11-21T20:30:05.1234Z", "2026-11-21T20:30:05Z ",
          "26-11-21T20:30:05Z", "2026-11-21T20:30:+5Z"})
        BOOST_TEST(!parse_rfc3339(text), "accepted: " << text);
}

BOOST_AUTO_TEST_CASE(a_minute_is_a_directory_name) {
    const Minute minute = std::chrono::floor<std::chrono::minutes>(at("2026-11-21T20:30:59Z"));
    BOOST_TEST(format_minute(minute) == "20261121T2030Z");
    BOOST_TEST((*parse_minute("20261121T2030Z") == minute));
    for (const char* text :
         {"", "20261121T2030", "20261121T2060Z", "20261321T2030Z", "20261121T203000Z", "now"})
        BOOST_TEST(!parse_minute(text), "accepted: " << text);
}

BOOST_AUTO_TEST_CASE(the_next_minute_is_never_too_early) {
    BOOST_TEST(format_minute(minute_not_before(at("2026-11-21T20:30:00Z"))) == "20261121T2030Z");
    BOOST_TEST(format_minute(minute_not_before(at("2026-11-21T20:30:00.001Z"))) == "20261121T2031Z");
    BOOST_TEST(format_minute(minute_not_before(at("2026-12-31T23:59:30Z"))) == "20270101T0000Z");
}

BOOST_AUTO_TEST_CASE(durations_are_written_as_people_do) {
    BOOST_TEST((parse_duration("30m") == 30min));
    BOOST_TEST((parse_duration("1h30m") == 90min));
    BOOST_TEST((parse_duration("5d") == 120h));
    BOOST_TEST((parse_duration("2w") == 336h));
    BOOST_TEST((parse_duration("250ms") == 250ms));
    BOOST_TEST((parse_duration("0") == 0ms));
    for (const char* text : {"", "30", "m", "-5m", "5 m", "5M", "1.5h", "5min", "m5", "99999999999999999999s",
                             "100000w", "5200w5200w"})
        BOOST_TEST(!parse_duration(text), "accepted: " << text);
}

BOOST_AUTO_TEST_CASE(a_duration_is_written_shortest) {
    BOOST_TEST(format_duration(0ms) == "0");
    BOOST_TEST(format_duration(30min) == "30m");
    BOOST_TEST(format_duration(90min) == "1h30m");
    BOOST_TEST(format_duration(120h) == "5d");
    BOOST_TEST(format_duration(240h) == "10d");
    BOOST_TEST(format_duration(336h) == "2w");
    BOOST_TEST(format_duration(1h + 5ms) == "1h5ms");
    for (const char* text : {"1w", "8d", "1h30m", "90s", "61m", "250ms"})
        BOOST_TEST((parse_duration(format_duration(*parse_duration(text))) == parse_duration(text)));
}

BOOST_AUTO_TEST_SUITE_END()
