// SPDX-License-Identifier: BSD-2-Clause
#include "policy/subject.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;

namespace subject_tests {

using policy::Subject;

Subject source(std::string_view text) { return Subject::source(*IpAddress::parse(text)); }

std::string through_number(std::string_view text) {
    return Subject::from_number(source(text).number()).to_string();
}

}  // namespace subject_tests

BOOST_AUTO_TEST_SUITE(subject_tests)

BOOST_AUTO_TEST_CASE(a_source_can_be_read_back) {
    BOOST_TEST(through_number("192.0.2.7") == "192.0.2.7");
    BOOST_TEST(through_number("0.0.0.0") == "0.0.0.0");
    BOOST_TEST(through_number("255.255.255.255") == "255.255.255.255");
    BOOST_TEST(through_number("::ffff:192.0.2.7") == "192.0.2.7");
    BOOST_TEST(through_number("2001:db8:0:1:2:3:4:5") == "2001:db8:0:1::/64");
    BOOST_TEST(through_number("::1") == "::/64");
    BOOST_TEST(through_number("ffff:ffff:ffff:ffff::") == "ffff:ffff:ffff:ffff::/64");
}

BOOST_AUTO_TEST_CASE(the_addresses_of_a_64_are_one_source) {
    BOOST_TEST((source("2001:db8::1") == source("2001:db8::ffff:0:0:2")));
    BOOST_TEST((source("2001:db8::1") != source("2001:db8:0:1::1")));
    BOOST_TEST((source("192.0.2.1") != source("192.0.2.2")));
}

BOOST_AUTO_TEST_CASE(no_number_is_0) {
    for (const auto* text : {"::", "::1", "0.0.0.0"}) BOOST_TEST(source(text).number() != 0U);
}

BOOST_AUTO_TEST_CASE(an_account_is_no_source) {
    const auto alice = Subject::account(*mail::Address::parse("alice@example.org"));
    BOOST_TEST(alice.is_account());
    BOOST_TEST((alice == Subject::account(*mail::Address::parse("Alice@EXAMPLE.org"))));
    BOOST_TEST((alice != Subject::account(*mail::Address::parse("bob@example.org"))));
    BOOST_TEST(!source("192.0.2.7").is_account());
    BOOST_TEST(!source("2001:db8::1").is_account());
}

BOOST_AUTO_TEST_CASE(what_people_write) {
    BOOST_TEST((Subject::parse_source("192.0.2.7") == source("192.0.2.7")));
    BOOST_TEST((Subject::parse_source("2001:db8::7") == source("2001:db8::")));
    BOOST_TEST((Subject::parse_source("2001:db8::/64") == source("2001:db8::")));
    for (const auto* text : {"", "192.0.2.0/24", "192.0.2.7/64", "2001:db8::/48", "mx.example.org"})
        BOOST_TEST(!Subject::parse_source(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
