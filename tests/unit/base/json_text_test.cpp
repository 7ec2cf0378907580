// SPDX-License-Identifier: BSD-2-Clause
#include "base/json_text.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

namespace json_text {

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

}  // namespace json_text

BOOST_AUTO_TEST_SUITE(json_text)

BOOST_AUTO_TEST_CASE(quotes_backslashes_and_controls_are_escaped) {
    BOOST_TEST(quoted("a\"b\\c") == R"("a\"b\\c")");
    BOOST_TEST(quoted(std::string_view("\r\n\t\0\x1b\x7f", 6)) ==
               R"("\u000d\u000a\u0009\u0000\u001b\u007f")");
}

BOOST_AUTO_TEST_CASE(controls_in_utf8_are_escaped_too) {
    BOOST_TEST(quoted("\xc2\x9b"
                      "31m\xc2\xa0") == "\"\\u009b31m\xc2\xa0\"");
}

BOOST_AUTO_TEST_CASE(octets_that_are_no_utf8_become_percent_escapes) {
    BOOST_TEST(quoted("caf\xe9 100%") == R"("caf%E9 100%25")");
    BOOST_TEST(quoted("gr\xc3\xbcn") == "\"gr\xc3\xbcn\"");
}

BOOST_AUTO_TEST_CASE(members_are_divided_by_commas) {
    std::string out;
    JsonWriter(out)
        .open_object()
        .member("text", "a")
        .member("number", 42)
        .member("flag", true)
        .member_unless_empty("left_out", "")
        .member_unless_empty("kept", "b")
        .key("list")
        .open_array()
        .value(1)
        .value("two")
        .open_object()
        .close_object()
        .close_array()
        .member("after", std::string("c"))
        .close_object();
    BOOST_TEST(out == R"({"text":"a","number":42,"flag":true,"kept":"b","list":[1,"two",{}],"after":"c"})");
}

BOOST_AUTO_TEST_CASE(it_appends_to_what_is_there) {
    std::string out = "x";
    JsonWriter(out).open_array().close_array();
    BOOST_TEST(out == "x[]");
}

BOOST_AUTO_TEST_SUITE_END()
