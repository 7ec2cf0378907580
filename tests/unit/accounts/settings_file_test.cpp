// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/settings_file.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "userland.hpp"

using namespace postern;
using namespace postern::accounts;

namespace settings_file_tests {

Result<AccountSettings> parse(const char* text) {
    return parse_account(text, "a.account", test::domain("example.org"));
}

struct Wrong {
    const char* text;
    const char* what;
};
std::ostream& operator<<(std::ostream& out, const Wrong& wrong) { return out << wrong.text; }

const Wrong kWrong[] = {
    {"", "a.account: must be a JSON object; without settings it reads {}"},
    {"[]", "a.account: must be a JSON object; without settings it reads {}"},
    {"{\"quota\": -1}", "a.account: 'quota' must be a whole number of octets, 0 for none"},
    {"{\"keep\": 1}", "a.account: 'keep' must be true or false"},
    {"{\"forwards\": []}", "a.account: unknown key 'forwards'; did you mean 'forward'?"},
    {"{\"forward\": \"bob@example.net\"}",
     "a.account: 'forward' must be a list of addresses or names of this domain"},
    {"{\"lmtp\": \"unix:box\"}",
     "a.account: 'lmtp' must be \"unix:/PATH\", \"HOST:PORT\", or null for the Maildir"},
    {"{\"lmtp\": 24}", "a.account: 'lmtp' must be \"unix:/PATH\", \"HOST:PORT\", or null for the Maildir"},
    {"{\"command\": \"/bin/true\"}",
     "a.account: 'command' must be a list of words that begins with the absolute path of a program"},
    {"{\"command\": [\"procmail\"]}",
     "a.account: 'command' must be a list of words that begins with the absolute path of a program"},
    {"{\"command\": [\"/bin/true\", 1]}",
     "a.account: 'command' must be a list of words that begins with the absolute path of a program"},
    {"{\"command\": [\"/bin/true\", \"\\u0000\"]}",
     "a.account: 'command' must be a list of words that begins with the absolute path of a program"},
    {"{\"command\": [\"/bin/true\"], \"lmtp\": null}", "a.account: 'lmtp' and 'command' exclude each other"},
    {"{\"forward\": [\"a b\"]}", "a.account: 'forward' must be a list of addresses or names of this domain"}};

}  // namespace settings_file_tests

BOOST_AUTO_TEST_SUITE(settings_file_tests)

BOOST_AUTO_TEST_CASE(an_empty_object_is_an_account_with_the_defaults) {
    const auto settings = parse("{}");
    BOOST_REQUIRE(settings);
    BOOST_TEST(settings->forward.empty());
    BOOST_TEST(settings->keep);
    BOOST_TEST(!settings->disabled);
}

BOOST_AUTO_TEST_CASE(same_as_stands_alone) {
    const auto parse = [](const char* text) {
        const auto settings = parse_domain_settings(text, "domain.json", test::domain("example.org"));
        if (!settings) return settings.error().what();
        return settings->same_as ? settings->same_as->text() : std::string("none");
    };
    BOOST_TEST(parse("{}") == "none");
    BOOST_TEST(parse(R"({"same_as": "Example.NET"})") == "example.net");
    BOOST_TEST(parse(R"({"same_as": "a b"})") == "domain.json: 'same_as' must be the name of another domain");
    BOOST_TEST(parse(R"({"same_as": "example.net", "catch_all": "alice"})") ==
               "domain.json: 'same_as' stands alone: the settings of the other domain count");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
    AccountSettings settings;
    settings.forward = {test::address("bob@example.net"), test::address("carol@example.org")};
    settings.quota = 5'000'000'000;
    settings.keep = false;
    settings.disabled = true;
    const auto read = parse(format_account(settings).c_str());
    BOOST_REQUIRE(read);
    BOOST_TEST((read->forward == settings.forward));
    BOOST_TEST(read->quota == settings.quota);
    BOOST_TEST(!read->keep);
    BOOST_TEST(read->disabled);
}

BOOST_AUTO_TEST_CASE(every_method_is_read_back) {
    const Method methods[] = {IntoMaildir{}, LmtpServer{.host = "box.example", .port = 24},
                              LmtpServer{.socket = "/run/dovecot/lmtp"},
                              DeliveryCommand{{"/usr/bin/take", "two words", "\"quoted\""}}};
    for (const Method& method : methods) {
        AccountSettings settings;
        settings.method = method;
        const auto read = parse(format_account(settings).c_str());
        BOOST_REQUIRE(read);
        BOOST_TEST((read->method == method));
    }
    BOOST_TEST(!parse("{}")->method.has_value());
}

BOOST_AUTO_TEST_CASE(a_forward_without_domain_is_of_the_same_domain) {
    const auto settings = parse("{\"forward\": [\"carol\"] /* at home */}");
    BOOST_REQUIRE(settings);
    BOOST_TEST(settings->forward.front().to_string() == "carol@example.org");
}

BOOST_DATA_TEST_CASE(what_is_not_understood_is_an_error_with_the_file, boost::unit_test::data::make(kWrong),
                     wrong) {
    const auto settings = parse(wrong.text);
    BOOST_REQUIRE(!settings);
    BOOST_TEST(settings.failed_with(Fault::configuration));
    BOOST_TEST(settings.error().what() == wrong.what);
}

BOOST_AUTO_TEST_CASE(a_domain_may_have_a_catch_all) {
    const auto settings =
        parse_domain_settings("{\"catch_all\": \"alice\"}", "domain.json", test::domain("example.org"));
    BOOST_REQUIRE(settings);
    BOOST_TEST(settings->catch_all->to_string() == "alice@example.org");
    BOOST_TEST(
        !parse_domain_settings("{\"catchall\": \"alice\"}", "domain.json", test::domain("example.org")));
    BOOST_TEST(!parse_domain_settings("", "domain.json", test::domain("example.org")));
}

BOOST_AUTO_TEST_CASE(a_domain_may_be_passed_on) {
    const auto relay_to = [](const std::string& value) {
        return parse_domain_settings("{\"relay_to\": " + value + "}", "domain.json",
                                     test::domain("example.org"));
    };
    BOOST_TEST((relay_to(R"({"host": "in.example"})")->relay_to == PassOn{OtherServer{"in.example", 25}}));
    BOOST_TEST((relay_to(R"({"port": 26, "host": "2001:db8::1"})")->relay_to ==
                PassOn{OtherServer{"2001:db8::1", 26}}));
    BOOST_TEST((relay_to("\"mx\"")->relay_to == PassOn{}));
    for (const char* wrong :
         {"\"in.example\"", "{}", "[]", R"({"host": ""})", R"({"host": "a b"})",
          R"({"host": "x.example", "port": 0})", R"({"host": "x.example", "port": 65536})",
          R"({"host": "x.example", "port": "25"})", R"({"host": "x.example", "prot": 25})", R"({"port": 25})",
          R"({"host": 25})"}) {
        const auto settings = relay_to(wrong);
        BOOST_REQUIRE(!settings);
        BOOST_TEST(settings.failed_with(Fault::configuration));
        BOOST_TEST(settings.error().what().starts_with("domain.json: 'relay_to' must be \"mx\", or {"));
    }
}

BOOST_AUTO_TEST_CASE(a_list_of_recipients_is_asked_for_by_one_word) {
    const auto recipients = [](const char* text) {
        return parse_domain_settings(text, "domain.json", test::domain("example.org"));
    };
    BOOST_TEST((recipients(R"({"recipients": "list"})")->recipients == Recipients::list));
    BOOST_TEST((recipients("{}")->recipients == Recipients::all));
    BOOST_TEST(!recipients(R"({"recipients": ["bob"]})"));
    BOOST_TEST(!recipients(R"({"recipients": "all"})"));
}

BOOST_AUTO_TEST_CASE(only_a_host_that_is_named_can_be_asked) {
    const auto settings = [](const char* text) {
        return parse_domain_settings(text, "domain.json", test::domain("example.org"));
    };
    BOOST_TEST(settings(R"({"relay_to": {"host": "in.example"}, "verify": true})")->verify);
    BOOST_TEST(settings(R"({"verify": true})")->verify);  // for local.default_host
    BOOST_TEST(!settings(R"({"relay_to": "mx", "verify": true})"));
}

BOOST_AUTO_TEST_CASE(names_that_are_not_here_go_one_way) {
    BOOST_TEST(!parse_domain_settings(R"({"relay_to": "mx", "catch_all": "alice"})", "domain.json",
                                      test::domain("example.org")));
}

BOOST_AUTO_TEST_CASE(others_that_a_user_may_send_as_are_addresses_and_domains) {
    const auto home = *mail::Domain::parse("example.org");
    const std::string text = R"({"may_send_as":["office@example.org","bob@example.net","@shop.example"]})";
    const auto read =
        parse_account(R"({"may_send_as": ["office", "bob@example.net", "@Shop.example"]})", "file", home);
    BOOST_REQUIRE(read);
    BOOST_TEST(read->may_send_as.size() == 3U);
    BOOST_TEST(format_account(*read) == text + "\n");
    for (const std::string wrong : {"\"office\"", "[1]", "[\"@\"]", "[\"a b\"]", "[\"@a b\"]"})
        BOOST_TEST(parse_account("{\"may_send_as\": " + wrong + "}", "file", home)
                       .failed_with(Fault::configuration));
}

BOOST_AUTO_TEST_SUITE_END()
