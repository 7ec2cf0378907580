// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/unit_test.hpp>

#include "spool/record.hpp"

using postern::spool::parse_recipient_set;
using postern::spool::RecipientSet;

BOOST_AUTO_TEST_SUITE(recipient_set_tests)

BOOST_AUTO_TEST_CASE(sets_are_written_as_ranges_and_read_back) {
    const std::pair<RecipientSet, const char*> table[] = {
        {{}, ""},        {{0}, "0"},           {{0, 1, 2}, "0-2"}, {{0, 2, 3, 9}, "0,2-3,9"},
        {{5, 6}, "5-6"}, {{999999}, "999999"},
    };
    for (const auto& [set, text] : table) {
        BOOST_TEST(postern::spool::to_string(set) == text);
        BOOST_REQUIRE(parse_recipient_set(text).has_value());
        BOOST_TEST(*parse_recipient_set(text) == set, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_ascend_or_is_no_number_is_refused) {
    for (const char* text : {",", "1,", "-1", "1-", "2-1", "1,1", "3,2", "a", "1-2-3", "1 2", "1000000",
                             "0-18446744073709551615", "99999999999999999999"})
        BOOST_TEST(!parse_recipient_set(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
