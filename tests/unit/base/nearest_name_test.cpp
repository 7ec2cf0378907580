// SPDX-License-Identifier: BSD-2-Clause
#include "base/nearest_name.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

BOOST_AUTO_TEST_SUITE(nearest_name_of_several)

BOOST_AUTO_TEST_CASE(the_name_that_was_meant_is_found) {
    const std::vector<std::string> known{"queue.interval", "queue.max_age", "limits.recipients", "log.level"};
    BOOST_TEST(nearest_name("queue.intervall", known) == "queue.interval");
    BOOST_TEST(nearest_name("limits.recipient", known) == "limits.recipients");
    BOOST_TEST(nearest_name("log.levle", known) == "log.level");
    BOOST_TEST(nearest_name("log.level", known) == "log.level");
}

BOOST_AUTO_TEST_CASE(another_word_is_not_taken_for_a_slip) {
    BOOST_TEST(nearest_name("banana", {"queue.interval", "log.level"}).empty());
    BOOST_TEST(nearest_name("x", {}).empty());
    BOOST_TEST(nearest_name("", {"abcdef"}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
