// SPDX-License-Identifier: BSD-2-Clause
#include "sys/free_space.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;

BOOST_AUTO_TEST_SUITE(free_space)

BOOST_AUTO_TEST_CASE(an_existing_directory_has_some) {
    const auto octets = sys::free_space("/tmp");
    BOOST_REQUIRE(octets);
    BOOST_TEST(*octets > 0u);
}

BOOST_AUTO_TEST_CASE(a_missing_directory_is_not_found) {
    BOOST_TEST(sys::free_space("/no/such/directory").failed_with(Fault::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
