// SPDX-License-Identifier: BSD-2-Clause
#include "policy/sliding_count.hpp"

#include <random>

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace std::chrono_literals;

namespace sliding_count_tests {

using policy::SlidingCount;

constexpr auto kMinute = std::chrono::milliseconds(1min);
const Instant kBegin = *parse_rfc3339("2026-11-21T20:30:00Z");

SlidingCount at(std::uint64_t word, std::chrono::milliseconds later) {
    return {word, kMinute, kBegin + later};
}

/// So many at the beginning of a minute.
std::uint64_t counted(std::uint64_t count) { return at(0, 0ms).plus(count); }

}  // namespace sliding_count_tests

BOOST_AUTO_TEST_SUITE(sliding_count_tests)

BOOST_AUTO_TEST_CASE(nothing_is_0) { BOOST_TEST(at(0, 0ms).value() == 0U); }

BOOST_AUTO_TEST_CASE(what_happened_in_this_window_counts_in_full) {
    BOOST_TEST(at(counted(10), 0ms).value() == 10U);
    BOOST_TEST(at(counted(10), 59'999ms).value() == 10U);
    BOOST_TEST(at(at(counted(10), 30s).plus(5), 30s).value() == 15U);
}

BOOST_AUTO_TEST_CASE(what_happened_in_the_window_before_fades) {
    BOOST_TEST(at(counted(60), 60s).value() == 60U);
    BOOST_TEST(at(counted(60), 75s).value() == 45U);
    BOOST_TEST(at(counted(60), 119'999ms).value() == 0U);
    BOOST_TEST(at(at(counted(60), 90s).plus(1), 90s).value() == 31U);
}

BOOST_AUTO_TEST_CASE(what_happened_earlier_is_over) {
    BOOST_TEST(at(counted(60), 120s).value() == 0U);
    BOOST_TEST(at(at(counted(60), 120s).plus(1), 120s).value() == 1U);
}

BOOST_AUTO_TEST_CASE(it_counts_to_an_end) {
    const auto word = at(counted(SlidingCount::kMost), 1s).plus(SlidingCount::kMost);
    BOOST_TEST(at(word, 1s).value() == SlidingCount::kMost);
    BOOST_TEST(at(at(0, 0ms).plus(~std::uint64_t{0}), 0ms).value() == SlidingCount::kMost);
}

BOOST_AUTO_TEST_CASE(others_may_be_in_the_next_window_already) {
    BOOST_TEST(at(counted(60), -1ms).value() == 60U);
    BOOST_TEST(at(at(counted(60), -1ms).plus(1), 0ms).value() == 61U);
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_forgets) {
    BOOST_TEST(at(counted(60), -61s).value() == 0U);
    BOOST_TEST(SlidingCount(counted(60), kMinute, Instant(-1s)).value() == 0U);
}

BOOST_AUTO_TEST_CASE(numbers_of_windows_begin_again) {
    const Instant last(kMinute * ((1 << 24) - 1));
    const auto word = SlidingCount(0, kMinute, last).plus(60);
    BOOST_TEST(SlidingCount(word, kMinute, last).value() == 60U);
    BOOST_TEST(SlidingCount(word, kMinute, last + 90s).value() == 30U);
    BOOST_TEST(SlidingCount(word, kMinute, last + 120s).value() == 0U);
}

BOOST_AUTO_TEST_CASE(any_word_can_be_read) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 10'000; ++i) {
        const SlidingCount count = at(random(), std::chrono::milliseconds(random() % 10'000'000));
        BOOST_REQUIRE(count.value() <= 2 * SlidingCount::kMost);
    }
}

BOOST_AUTO_TEST_SUITE_END()
