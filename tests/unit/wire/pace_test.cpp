// SPDX-License-Identifier: BSD-2-Clause
#include "wire/pace.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using postern::wire::Pace;

BOOST_AUTO_TEST_SUITE(pace_tests)

BOOST_AUTO_TEST_CASE(it_is_judged_when_a_window_is_full) {
    Pace pace(100, 10s);
    BOOST_TEST(pace.is_kept(9s, 0));
    BOOST_TEST((pace.left() == 1s));
    BOOST_TEST(!pace.is_kept(1s, 999));
}

BOOST_AUTO_TEST_CASE(just_enough_will_do_and_the_next_window_begins_at_nothing) {
    Pace pace(100, 10s);
    BOOST_TEST(pace.is_kept(5s, 1'000'000));
    BOOST_TEST(pace.is_kept(5s, 0));
    BOOST_TEST((pace.left() == 10s));
    BOOST_TEST(pace.is_kept(10s, 1000));
    BOOST_TEST(!pace.is_kept(10s, 999));
}

BOOST_AUTO_TEST_CASE(a_wait_that_was_longer_than_the_window_counts_whole) {
    Pace pace(100, 10s);
    BOOST_TEST(!pace.is_kept(20s, 1999));
    BOOST_TEST(pace.is_kept(20s, 2000));
}

BOOST_AUTO_TEST_CASE(what_is_no_content_counts_not) {
    Pace pace(100, 10s);
    BOOST_TEST(pace.is_kept(9s, 0));
    pace.restart();
    BOOST_TEST(pace.is_kept(9s, 0));
}

BOOST_AUTO_TEST_CASE(without_a_rate_any_pace_will_do) {
    Pace pace(0, 1s);
    BOOST_TEST(pace.is_kept(24h, 0));
    BOOST_TEST((pace.left() > 1h));
}

BOOST_AUTO_TEST_SUITE_END()
