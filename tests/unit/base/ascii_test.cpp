// SPDX-License-Identifier: BSD-2-Clause
#include "base/ascii.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

BOOST_AUTO_TEST_SUITE(ascii_text)

BOOST_AUTO_TEST_CASE(only_ascii_letters_change_case) {
    BOOST_TEST(ascii::lower("MiXeD-09 \xc3\x84") == "mixed-09 \xc3\x84");
    BOOST_TEST(ascii::upper('z') == 'Z');
    BOOST_TEST(ascii::upper('[') == '[');
    BOOST_TEST(ascii::lower('@') == '@');
    BOOST_TEST(ascii::lower('[') == '[');
}

BOOST_AUTO_TEST_CASE(comparison_ignores_case_and_nothing_else) {
    BOOST_TEST(ascii::equals_ignoring_case("EHLO", "ehlo"));
    BOOST_TEST(!ascii::equals_ignoring_case("ehlo", "ehlo "));
    BOOST_TEST(!ascii::equals_ignoring_case("[", "{"));
    BOOST_TEST(ascii::starts_ignoring_case("Mail FROM:<>", "MAIL from:"));
    BOOST_TEST(!ascii::starts_ignoring_case("MAI", "MAIL"));
}

BOOST_AUTO_TEST_CASE(trim_takes_both_ends_only) {
    BOOST_TEST(ascii::trim(" \ta b\r\n") == "a b");
    BOOST_TEST(ascii::trim(" \t\r\n").empty());
    BOOST_TEST(ascii::trim("").empty());
}

BOOST_AUTO_TEST_CASE(a_number_is_digits_and_fits) {
    BOOST_TEST(*ascii::parse_number<int>("0042") == 42);
    BOOST_TEST(*ascii::parse_number<std::uint16_t>("65535") == 65535);
    for (const char* text : {"", "+1", "-1", " 1", "1 ", "1.0", "0x10", "1e3", "99999999999"})
        BOOST_TEST(!ascii::parse_number<int>(text), "accepted: " << text);
    BOOST_TEST(!ascii::parse_number<std::uint16_t>("65536"));
}

BOOST_AUTO_TEST_CASE(printable_ends_before_delete) {
    BOOST_TEST(ascii::is_printable(' '));
    BOOST_TEST(ascii::is_printable('~'));
    BOOST_TEST(!ascii::is_printable('\x7f'));
    BOOST_TEST(!ascii::is_printable('\t'));
    BOOST_TEST(!ascii::is_ascii('\x80'));
}

BOOST_AUTO_TEST_SUITE_END()
