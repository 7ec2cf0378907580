// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/service_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;

BOOST_AUTO_TEST_SUITE(service_rules_tests)

BOOST_AUTO_TEST_CASE(each_name_has_its_rules_and_any_other_those_of_smtp) {
    BOOST_TEST(!smtp::rules_of(smtp::kServices, "smtp").requires_login);
    BOOST_TEST(smtp::rules_of(smtp::kServices, "submission").requires_login);
    BOOST_TEST(!smtp::rules_of(smtp::kServices, "lmtp").relays);
    BOOST_TEST(&smtp::rules_of(smtp::kServices, "filtered") == &smtp::rules_of(smtp::kServices, "smtp"));
    BOOST_TEST(&smtp::rules_of(smtp::kServices, "") == &smtp::rules_of(smtp::kServices, "smtp"));
}

BOOST_AUTO_TEST_SUITE_END()
