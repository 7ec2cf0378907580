// SPDX-License-Identifier: BSD-2-Clause
#include "base/escape.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

namespace escape {

std::string every_octet() {
    std::string all;
    for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
    return all;
}

}  // namespace escape

BOOST_AUTO_TEST_SUITE(escape)

BOOST_AUTO_TEST_CASE(a_file_name_keeps_what_is_harmless) {
    BOOST_TEST(escape_file_name("john.doe_1-2+tag=x") == "john.doe_1-2+tag=x");
    BOOST_TEST(escape_file_name("Alice") == "alice");
}

BOOST_AUTO_TEST_CASE(no_name_leads_to_another_path) {
    BOOST_TEST(escape_file_name("../../etc/passwd") == "%2E.%2F..%2Fetc%2Fpasswd");
    BOOST_TEST(escape_file_name("..") == "%2E.");
    BOOST_TEST(escape_file_name(".hidden") == "%2Ehidden");
    BOOST_TEST(escape_file_name(std::string_view("a\0b", 3)) == "a%00b");
    BOOST_TEST(escape_file_name("a b\n") == "a%20b%0A");
    BOOST_TEST(escape_file_name("a%2f") == "a%252f");
}

BOOST_AUTO_TEST_CASE(utf8_stays_and_other_octets_do_not) {
    BOOST_TEST(escape_octets("gr\xc3\xbc\xc3\x9f") == "gr\xc3\xbc\xc3\x9f");
    BOOST_TEST(escape_octets("\xe2\x82\xac\xf0\x9f\x98\x80") == "\xe2\x82\xac\xf0\x9f\x98\x80");
    BOOST_TEST(escape_octets("caf\xe9") == "caf%E9");
    BOOST_TEST(escape_octets("100%") == "100%25");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_utf8_is_escaped) {
    BOOST_TEST(escape_octets("\xc0\xaf") == "%C0%AF");                // overlong "/"
    BOOST_TEST(escape_octets("\xe0\x80\xaf") == "%E0%80%AF");         // overlong
    BOOST_TEST(escape_octets("\xed\xa0\x80") == "%ED%A0%80");         // a surrogate
    BOOST_TEST(escape_octets("\xf4\x90\x80\x80") == "%F4%90%80%80");  // above U+10FFFF
    BOOST_TEST(escape_octets("\xe2\x82") == "%E2%82");                // cut short
    BOOST_TEST(escape_octets("\xe2(\xa1") == "%E2(%A1");
}

BOOST_AUTO_TEST_CASE(every_octet_comes_back) {
    BOOST_TEST(*unescape(escape_octets(every_octet())) == every_octet());
    const std::string name = *unescape(escape_file_name(every_octet()));
    BOOST_TEST(name.size() == 256u);
    BOOST_TEST(name['A'] == 'a');  // names are lower case, and that is not undone
    BOOST_TEST(name[0xff] == '\xff');
}

BOOST_AUTO_TEST_CASE(half_an_escape_is_none) {
    for (const char* text : {"%", "a%4", "%zz", "%4g"}) BOOST_TEST(!unescape(text), "accepted: " << text);
    BOOST_TEST(*unescape("%41%2f") == "A/");
}

BOOST_AUTO_TEST_SUITE_END()
