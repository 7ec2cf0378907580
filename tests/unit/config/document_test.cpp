// SPDX-License-Identifier: BSD-2-Clause
#include "config/document.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;
using config::Document;

namespace document_tests {

/// Each member as NAME=TEXT-OF-ITS-VALUE, as it stands in the document.
std::string members(const std::string& text) {
    const auto document = Document::parse(text, "c.json");
    if (!document) return document.error().what();
    std::string words;
    for (const config::Member& member : document->members())
        words +=
            member.name + "=" + text.substr(member.value_begin, member.value_end - member.value_begin) + ";";
    return words;
}

struct Wrong {
    const char* text;
    const char* begin_of_error;
};
std::ostream& operator<<(std::ostream& out, const Wrong& wrong) { return out << wrong.text; }

const Wrong kWrong[] = {{"", "c.json is empty"},
                        {" // nothing\n", "c.json is empty"},
                        {"[]", "c.json:1:1: the settings must be an object"},
                        {"3", "c.json:1:1: the settings must be an object"},
                        {"{\n  \"a\": 1\n  \"b\": 2}", "c.json:3:"},
                        {"{\"a\": 1,}", "c.json:1:9:"},
                        {"{\"a\": 1", "c.json:1:"},
                        {"{\"a\": 1}}", "c.json:1:9:"},
                        {"{\"a\": 1,\n \"a\": 2}", "c.json:2:2: 'a' stands here a second time"},
                        {"{\"a\": {\"b\": 1,\n \"b\": 2}}", "c.json:2:2: 'a.b' stands here a second time"},
                        {"{\"a\": {}, \"a\": {}}", "c.json:1:11: 'a' stands here a second time"},
                        {"{\"a.b\": 1}", "c.json:1:2: 'a.b': write nested objects, {\"a\": {…}}"},
                        {"{\"a\": [{}]}", "c.json:1:8: an object may not stand in a list"},
                        {"{\"a\": \"\xff\"}", "c.json:1:8:"}};

}  // namespace document_tests

BOOST_AUTO_TEST_SUITE(document_tests)

BOOST_AUTO_TEST_CASE(members_have_dotted_names_and_places) {
    BOOST_TEST(members(R"({"a": 1, "b": {"c": "x", "d": [1, "y"], "e": {}}, "f": true})") ==
               R"(a=1;b={"c": "x", "d": [1, "y"], "e": {}};b.c="x";b.d=[1, "y"];b.e={};f=true;)");
}

BOOST_AUTO_TEST_CASE(places_are_right_behind_comments_numbers_and_line_ends) {
    BOOST_TEST(members("// first\n{ /* a */ \"a\" : // one\n 12\n, \"b\":-3.5e2}") == "a=12;b=-3.5e2;");
    BOOST_TEST(members("{\"a\":null,\"b\":[],\"c\":\"//no\"/**/}") == "a=null;b=[];c=\"//no\";");
}

BOOST_AUTO_TEST_CASE(values_keep_their_kinds) {
    const auto document = Document::parse(
        R"({"t": "x", "n": 7, "m": -7, "r": 1.5, "s": -1.5, "f": false, "z": null})", "c.json");
    BOOST_REQUIRE(document);
    BOOST_TEST(document->find("t")->value.text == "x");
    BOOST_TEST(document->find("n")->value.number == 7u);
    BOOST_TEST((document->find("m")->value.kind == config::Value::Kind::other));
    BOOST_TEST((document->find("r")->value == config::Value::of_decimal(1.5)));
    BOOST_TEST((document->find("s")->value.kind == config::Value::Kind::other));
    BOOST_TEST((document->find("f")->value == config::Value::of_flag(false)));
    BOOST_TEST((document->find("z")->value.kind == config::Value::Kind::null));
}

BOOST_DATA_TEST_CASE(errors_name_file_line_and_column, boost::unit_test::data::make(kWrong), wrong) {
    const std::string said = members(wrong.text);
    BOOST_TEST(said.starts_with(wrong.begin_of_error), said);
}

BOOST_AUTO_TEST_SUITE_END()
