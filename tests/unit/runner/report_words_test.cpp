// SPDX-License-Identifier: BSD-2-Clause
#include "runner/report_words.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern::runner;

BOOST_AUTO_TEST_SUITE(report_words_tests)

BOOST_AUTO_TEST_CASE(nothing_from_outside_ends_a_line) {
    BOOST_TEST(one_line("550 no\r\nBcc: eve@example.org\n\tx") == "550 no  Bcc: eve@example.org  x");
    BOOST_TEST(one_line(std::string_view("a\0b\x7f\x1b\xc3\xa9", 7)) == "a?b????");
    BOOST_TEST(one_line(std::string(2000, 'x')).size() == 500u);
    BOOST_TEST(one_line(std::string(2000, 'x')).ends_with("..."));
}

BOOST_AUTO_TEST_CASE(lines_are_wrapped_at_spaces) {
    BOOST_TEST(wrapped("a b", "  ") == "a b");
    const std::string word(40, 'x');
    BOOST_TEST(wrapped(word + " " + word + "  y", "  ") == word + "\r\n  " + word + " y");
    BOOST_TEST(wrapped("", "  ").empty());
}

BOOST_AUTO_TEST_CASE(xtext_is_undone_or_refused) {
    BOOST_TEST(from_xtext("rfc822;a+2Bb@example.org") == "rfc822;a+b@example.org");
    for (const char* bad : {"rfc822;a+0D+0ABcc:x", "a+2", "a+2b", "a+zz", "a\r\nb"})
        BOOST_TEST(from_xtext(bad).empty(), bad);
}

BOOST_AUTO_TEST_CASE(seven_bit_text_has_printable_lines_of_bounded_length) {
    BOOST_TEST(is_seven_bit_text("A: b\r\n\tc\r\n"));
    BOOST_TEST(is_seven_bit_text(std::string(998, 'x') + "\r\n"));
    BOOST_TEST(!is_seven_bit_text(std::string(999, 'x') + "\r\n"));
    for (const char* bad : {"caf\xc3\xa9\r\n", "a\nb", "a\rb", "a\x01"}) BOOST_TEST(!is_seven_bit_text(bad));
}

BOOST_AUTO_TEST_SUITE_END()
