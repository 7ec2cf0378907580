// SPDX-License-Identifier: BSD-2-Clause
#include "sys/random.hpp"

#include <array>
#include <set>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "sys/system_clock.hpp"

using namespace postern;

BOOST_AUTO_TEST_SUITE(random_and_clock)

BOOST_AUTO_TEST_CASE(no_two_draws_are_alike) {
    sys::SystemRandomness randomness;
    std::set<std::array<unsigned char, 16>> seen;
    for (int i = 0; i < 100; ++i) {
        std::array<unsigned char, 16> drawn{};
        randomness.fill(drawn);
        seen.insert(drawn);
    }
    BOOST_TEST(seen.size() == 100u);
}

BOOST_AUTO_TEST_CASE(a_large_buffer_is_filled_to_its_end) {
    sys::SystemRandomness randomness;
    std::vector<unsigned char> drawn(100'000, 0);
    randomness.fill(drawn);
    const std::set<unsigned char> tail(drawn.end() - 1000, drawn.end());
    BOOST_TEST(tail.size() > 100u);
    randomness.fill({});
}

BOOST_AUTO_TEST_CASE(the_clock_shows_this_century) {
    const Instant now = sys::SystemClock().now();
    BOOST_TEST((now > *parse_rfc3339("2024-01-01T00:00:00Z")));
    BOOST_TEST((now < *parse_rfc3339("2099-01-01T00:00:00Z")));
}

BOOST_AUTO_TEST_SUITE_END()
