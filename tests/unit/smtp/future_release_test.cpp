// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/future_release.hpp"

#include <vector>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::smtp;
namespace data = boost::unit_test::data;

namespace future_release_tests {

const Instant kNow = *parse_rfc3339("2026-11-21T20:30:05Z");
const HoldLimits kLimits{std::chrono::hours(24), kNow + std::chrono::hours(24)};

struct Until {
    std::string text, utc;
};
std::ostream& operator<<(std::ostream& out, const Until& row) { return out << row.text; }

const std::vector<Until> kTimes{{"2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z"},
                                {"2026-12-01t10:00:00z", "2026-12-01T10:00:00Z"},
                                {"2026-12-01T10:00:00.5Z", "2026-12-01T10:00:00Z"},
                                {"2026-12-01T10:00:00.123456789Z", "2026-12-01T10:00:00Z"},
                                {"2026-12-01T10:00:00+00:00", "2026-12-01T10:00:00Z"},
                                {"2026-12-01T00:30:00+01:00", "2026-11-30T23:30:00Z"},
                                {"2026-12-01T10:00:00-03:30", "2026-12-01T13:30:00Z"}};
const std::vector<std::string> kNoTimes{"",
                                        "2026-12-01",
                                        "2026-12-01T10:00",
                                        "2026-12-01T10:00:00",
                                        "2026-12-01 10:00:00Z",
                                        "2026-12-01T10:00:00.Z",
                                        "2026-12-01T10:00:00Z ",
                                        "2026-12-01T10:00:00ZZ",
                                        "2026-12-01T10:00:00+1:00",
                                        "2026-12-01T10:00:00+0100",
                                        "2026-12-01T10:00:00+24:00",
                                        "2026-12-01T10:00:00+01:60",
                                        "2026-12-01T10:00:00+-1:00",
                                        "2026-13-01T10:00:00Z",
                                        "2026-02-30T10:00:00Z",
                                        "2026-12-01T25:00:00Z",
                                        "20261201T100000Z"};
const std::vector<std::string> kNoIntervals{
    "", "0", "01", "-1", "+1", "1.5", "1h", "1000000000", "99999999999999999999"};

}  // namespace future_release_tests

BOOST_AUTO_TEST_SUITE(future_release_tests)

BOOST_AUTO_TEST_CASE(an_interval_is_in_seconds) {
    for (const char* text : {"1", "86400", "999999999"})
        BOOST_TEST(std::get<std::chrono::seconds>(parse_hold_for(text).value()).count() == std::stol(text));
}

BOOST_DATA_TEST_CASE(what_is_no_interval_is_refused, data::make(kNoIntervals), text) {
    BOOST_TEST(!parse_hold_for(text));
}

BOOST_DATA_TEST_CASE(a_time_may_have_any_offset, data::make(kTimes), row) {
    const auto hold = parse_hold_until(row.text);
    BOOST_REQUIRE(hold);
    BOOST_TEST(format_rfc3339(std::get<Instant>(*hold), Precision::seconds) == row.utc);
}

BOOST_DATA_TEST_CASE(what_is_no_time_is_refused, data::make(kNoTimes), text) {
    BOOST_TEST(!parse_hold_until(text));
}

BOOST_AUTO_TEST_CASE(the_limits_themselves_are_within) {
    BOOST_TEST(is_within(std::chrono::seconds(86400), kLimits));
    BOOST_TEST(!is_within(std::chrono::seconds(86401), kLimits));
    BOOST_TEST(is_within(kLimits.latest, kLimits));
    BOOST_TEST(!is_within(kLimits.latest + std::chrono::seconds(1), kLimits));
    BOOST_TEST(to_string(kLimits) == "86400 2026-11-22T20:30:05Z");
}

BOOST_AUTO_TEST_CASE(a_message_is_released_after_its_interval_or_at_its_time) {
    BOOST_TEST((release_time(std::chrono::seconds(60), kNow) == kNow + std::chrono::seconds(60)));
    BOOST_TEST((release_time(kNow + std::chrono::hours(1), kNow) == kNow + std::chrono::hours(1)));
    BOOST_TEST((release_time(kNow - std::chrono::hours(1), kNow) == kNow));
}

BOOST_AUTO_TEST_SUITE_END()
