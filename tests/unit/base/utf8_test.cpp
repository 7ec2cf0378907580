// SPDX-License-Identifier: BSD-2-Clause
#include "base/utf8.hpp"

#include <string>
#include <vector>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;
namespace data = boost::unit_test::data;

namespace utf8_tests {

const std::vector<std::string> kCharacters{"a",
                                           "\x7f",
                                           "\xc2\x80",
                                           "\xdf\xbf",
                                           "\xe0\xa0\x80",
                                           "\xec\xbf\xbf",
                                           "\xed\x9f\xbf",
                                           "\xee\x80\x80",
                                           "\xef\xbf\xbf",
                                           "\xf0\x90\x80\x80",
                                           "\xf3\xbf\xbf\xbf",
                                           "\xf4\x8f\xbf\xbf"};

const std::vector<std::string> kNone{"",
                                     "\x80",      // a tail alone
                                     "\xc0\xaf",  // longer than it need be
                                     "\xc1\xbf",
                                     "\xe0\x9f\xbf",
                                     "\xf0\x8f\xbf\xbf",
                                     "\xed\xa0\x80",      // a surrogate
                                     "\xf4\x90\x80\x80",  // above U+10FFFF
                                     "\xf5\x80\x80\x80",
                                     "\xff",
                                     "\xc3",  // cut off
                                     "\xe2\x82",
                                     "\xf0\x9f\x92",
                                     "\xc3(",
                                     "\xe2\x28\xa1",
                                     "\xe2\x82(",
                                     "\xf0\x9f\x92("};

}  // namespace utf8_tests

BOOST_AUTO_TEST_SUITE(utf8_tests)

BOOST_DATA_TEST_CASE(a_character_has_one_to_four_octets, data::make(kCharacters), text) {
    BOOST_TEST(utf8::length_of_first(text + "x") == text.size());
    BOOST_TEST(utf8::length_of_first(text) == text.size());
}

BOOST_DATA_TEST_CASE(what_is_no_character_has_none, data::make(kNone), text) {
    BOOST_TEST(utf8::length_of_first(text) == 0U);
}

BOOST_AUTO_TEST_CASE(text_has_no_control_characters) {
    for (const char* text : {"", "a ~", "gr\xc3\xbc\xc3\x9f", "\xc2\xa0", "\xf0\x9f\x92\xa9"})
        BOOST_TEST(utf8::is_text(text), text);
    for (const char* text : {"a\tb", "\x1f", "a\x7f", "\xc2\x80", "a\xc2\x9f", "a\xff", "gr\xc3"})
        BOOST_TEST(!utf8::is_text(text), text);
    BOOST_TEST(!utf8::is_text(std::string(1, '\0')));
}

BOOST_AUTO_TEST_SUITE_END()
