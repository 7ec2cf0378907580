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
    BOOST_TEST(words_of_xtext("rfc822;a+2Bb@example.org") == "rfc822;a+b@example.org");
    for (const char* bad : {"rfc822;a+0D+0ABcc:x", "a+2", "a+2b", "a+zz", "a\r\nb"})
        BOOST_TEST(words_of_xtext(bad).empty(), bad);
}

BOOST_AUTO_TEST_CASE(only_lines_that_are_too_long_are_wrapped) {
    const std::string word(40, 'x');
    BOOST_TEST(wrapped_lines("a  b\n\n  c") == "a  b\r\n\r\n  c\r\n");
    BOOST_TEST(wrapped_lines("  " + word + " " + word + "\n") == "  " + word + "\r\n  " + word + "\r\n");
}

BOOST_AUTO_TEST_CASE(no_encoded_word_splits_a_character_or_is_too_long) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "\xe2\x82\xac";
    const std::string words = header_words(text);
    std::size_t count = 0;
    for (std::size_t start = 0, end = 0; start < words.size(); start = end + 3, ++count) {
        end = std::min(words.find("\r\n ", start), words.size());
        const std::string word = words.substr(start, end - start);
        BOOST_TEST(word.size() <= 75u);
        BOOST_TEST((word.size() - 12) % 9 == 0u, word);
    }
    BOOST_TEST(count == 17u);
    BOOST_TEST(header_words(std::string(10'000, '\xc3')).size() < 3'000u);
}

BOOST_AUTO_TEST_CASE(a_subject_is_unfolded) {
    BOOST_TEST(subject_in("From: x\r\nSUBJECT: a\r\n\tb\r\n c\r\nTo: y\r\n") == "a b c");
    BOOST_TEST(subject_in("X-Subject: a\r\n") == "");
    BOOST_TEST(subject_in("") == "");
}

BOOST_AUTO_TEST_CASE(seven_bit_text_has_printable_lines_of_bounded_length) {
    BOOST_TEST(is_seven_bit_text("A: b\r\n\tc\r\n"));
    BOOST_TEST(is_seven_bit_text(std::string(998, 'x') + "\r\n"));
    BOOST_TEST(!is_seven_bit_text(std::string(999, 'x') + "\r\n"));
    for (const char* bad : {"caf\xc3\xa9\r\n", "a\nb", "a\rb", "a\x01"}) BOOST_TEST(!is_seven_bit_text(bad));
}

BOOST_AUTO_TEST_SUITE_END()
