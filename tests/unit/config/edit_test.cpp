// SPDX-License-Identifier: BSD-2-Clause
#include "config/edit.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;

namespace edit_tests {

constexpr const char* kText = R"({
    // Who we are
    "server": {
        "hostname": "mx.example.org" // as in DNS
    },
    "queue": {"interval": "30m", "max_age": "5d"}
}
)";

Result<std::string> change(const std::string& text, std::string_view name, std::string_view value) {
    const auto document = config::Document::parse(text, "c.json");
    if (!document) return document.error();
    return config::changed(*document, name, value);
}
std::string changed(const std::string& text, std::string_view name, std::string_view value) {
    const auto result = change(text, name, value);
    return result ? *result : "error: " + result.error().what();
}
std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace edit_tests

BOOST_AUTO_TEST_SUITE(edit_tests)

BOOST_AUTO_TEST_CASE(a_value_is_replaced_and_nothing_else) {
    BOOST_TEST(changed(kText, "queue.interval", "15m") == replaced(kText, "30m", "15m"));
    BOOST_TEST(changed(kText, "server.hostname", "\"a.example\"") ==
               replaced(kText, "mx.example.org", "a.example"));
}

BOOST_AUTO_TEST_CASE(a_new_setting_comes_last_in_its_section_and_comments_stay_with_theirs) {
    BOOST_TEST(changed(kText, "server.addresses", "[\"192.0.2.1\"]") ==
               replaced(kText, "\"mx.example.org\" // as in DNS",
                        "\"mx.example.org\", // as in DNS\n        \"addresses\": [\"192.0.2.1\"]"));
    BOOST_TEST(changed(kText, "queue.max_crashes", "7") ==
               replaced(kText, "\"5d\"", "\"5d\", \"max_crashes\": 7"));
}

BOOST_AUTO_TEST_CASE(sections_that_are_missing_are_made) {
    BOOST_TEST(changed(kText, "relay.gateway.port", "587") ==
               replaced(kText, "\"5d\"}", "\"5d\"},\n    \"relay\": {\"gateway\": {\"port\": 587}}"));
    BOOST_TEST(changed("{}", "relay.always", "true") == "{\n    \"relay\": {\"always\": true}\n}");
    BOOST_TEST(changed("{ // nothing\n}\n", "relay.always", "true") ==
               "{ // nothing\n    \"relay\": {\"always\": true}\n}\n");
}

BOOST_AUTO_TEST_CASE(a_bare_word_is_a_string_or_a_list_of_one) {
    BOOST_TEST(changed("{\"log\": {\"level\": \"info\"}}", "log.level", "debug") ==
               "{\"log\": {\"level\": \"debug\"}}");
    BOOST_TEST(changed("{\"dns\": {\"servers\": []}}", "dns.servers", "127.0.0.1@53") ==
               "{\"dns\": {\"servers\": [\"127.0.0.1@53\"]}}");
    BOOST_TEST(changed("{\"log\": {\"file\": \"x\"}}", "log.file", "%Y.log") ==
               "{\"log\": {\"file\": \"%Y.log\"}}");
    BOOST_TEST(changed("{\"log\": {\"file\": \"x\"}}", "log.file", "2026") ==
               "{\"log\": {\"file\": \"2026\"}}");
}

BOOST_AUTO_TEST_CASE(a_section_takes_an_object) {
    BOOST_TEST(changed("{\"relay\": {\"always\": true}}", "relay.gateway",
                       R"({"host": "gw.example.net", "port": 25})") ==
               R"({"relay": {"always": true, "gateway": {"host": "gw.example.net", "port": 25}}})");
    BOOST_TEST(change(kText, "relay.gateway", "gw.example.net").failed_with(Fault::permanent));
    BOOST_TEST(change(kText, "relay.gateway", R"({"hots": "gw.example.net"})").failed_with(Fault::permanent));
}

BOOST_AUTO_TEST_CASE(null_takes_a_setting_out) {
    BOOST_TEST(changed(kText, "queue.interval", "null") == replaced(kText, "\"interval\": \"30m\", ", " "));
    BOOST_TEST(changed(kText, "queue.max_age", "null") == replaced(kText, ", \"max_age\": \"5d\"", " "));
    BOOST_TEST(changed("{\n    \"queue\": {\n        \"interval\": \"1h\"\n    }\n}\n", "queue.interval",
                       "null") == "{\n    \"queue\": {\n    }\n}\n");
    BOOST_TEST(changed(kText, "relay.port", "null") == kText);
}

BOOST_AUTO_TEST_CASE(the_result_of_every_edit_can_be_edited_again) {
    std::string text = "{}";
    for (const auto& [name, value] : {std::pair{"queue.interval", "1h"},
                                      {"log.level", "err"},
                                      {"queue.max_age", "3d"},
                                      {"relay.gateway.host", "gw.example.net"},
                                      {"relay.always", "true"},
                                      {"queue.interval", "null"},
                                      {"relay.gateway", "null"},
                                      {"log.level", "null"},
                                      {"queue.max_age", "null"},
                                      {"queue.max_crashes", "3"}}) {
        const auto next = change(text, name, value);
        BOOST_REQUIRE_MESSAGE(static_cast<bool>(next),
                              text << " " << name << ": " << (next ? "" : next.error().what()));
        text = *next;
    }
    BOOST_TEST(text.find("\"max_crashes\": 3") != std::string::npos);
    BOOST_TEST(text.find("gw.example.net") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_wrong_value_or_name_changes_nothing) {
    BOOST_TEST(change(kText, "queue.interval", "soon").failed_with(Fault::permanent));
    BOOST_TEST(change(kText, "limits.recipients", "1.5").failed_with(Fault::permanent));
    BOOST_TEST(change(kText, "queue.intervall", "1h").error().what() ==
               "unknown setting 'queue.intervall'; did you mean 'queue.interval'?");
    BOOST_TEST(change(kText, "queue.intervall", "null").failed_with(Fault::permanent));
    BOOST_TEST(change(kText, "queue.interval", "\"1h\", \"max_age\": \"1d\"").failed_with(Fault::permanent));
}

BOOST_AUTO_TEST_CASE(another_fault_in_the_file_is_told_and_can_be_mended) {
    const std::string broken = "{\"queue\": {\"interval\": 30}, \"log\": {\"level\": \"info\"}}";
    BOOST_TEST(change(broken, "log.level", "err").failed_with(Fault::configuration));
    BOOST_TEST(changed(broken, "queue.interval", "30m") ==
               "{\"queue\": {\"interval\": \"30m\"}, \"log\": {\"level\": \"info\"}}");
}

BOOST_AUTO_TEST_SUITE_END()
