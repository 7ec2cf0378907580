// SPDX-License-Identifier: BSD-2-Clause
#include "runner/roster.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace std::chrono_literals;
using runner::Roster;

namespace roster {

const Roster::Time kStart{1h};
using Places = std::vector<unsigned>;

struct Two : Roster {
    Two() {
        started(0, 100, kStart);
        started(1, 101, kStart);
    }
};

}  // namespace roster

BOOST_AUTO_TEST_SUITE(roster)

BOOST_AUTO_TEST_CASE(every_place_is_filled_at_once) {
    const Roster roster;
    BOOST_TEST((roster.to_start(3, kStart) == Places{0, 1, 2}));
    BOOST_TEST((roster.pause(3, kStart) == 0ms));
}

BOOST_FIXTURE_TEST_CASE(with_all_at_work_there_is_nothing_to_wait_for, Two) {
    BOOST_TEST(to_start(2, kStart + 1h).empty());
    BOOST_TEST(!pause(2, kStart).has_value());
}

BOOST_FIXTURE_TEST_CASE(who_was_killed_after_a_while_is_followed_at_once, Two) {
    ended(101, 0, kStart + 5s);
    BOOST_TEST((to_start(2, kStart + 5s) == Places{1}));
}

BOOST_FIXTURE_TEST_CASE(who_dies_at_once_is_followed_once_a_second, Two) {
    ended(101, 0, kStart + 1ms);
    BOOST_TEST(to_start(2, kStart + 1ms).empty());
    BOOST_TEST((pause(2, kStart + 1ms) == 999ms));
    BOOST_TEST((to_start(2, kStart + 1s) == Places{1}));
}

BOOST_FIXTURE_TEST_CASE(who_cannot_work_is_followed_after_ten_seconds, Two) {
    ended(100, 78, kStart + 1h);
    BOOST_TEST((pause(2, kStart + 1h) == 10s));
    BOOST_TEST(to_start(2, kStart + 1h).empty());
    BOOST_TEST((to_start(2, kStart + 1h + 10s) == Places{0}));
}

BOOST_FIXTURE_TEST_CASE(a_place_that_there_is_no_more_stays_empty, Two) {
    ended(101, 0, kStart + 1h);
    BOOST_TEST(to_start(1, kStart + 2h).empty());
    BOOST_TEST(!pause(1, kStart + 2h).has_value());
    BOOST_TEST((to_start(3, kStart + 2h) == Places{1, 2}));
}

BOOST_FIXTURE_TEST_CASE(other_peoples_children_are_nobody, Two) {
    ended(7, 1, kStart);
    BOOST_TEST(!pause(2, kStart).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
