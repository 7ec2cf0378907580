// SPDX-License-Identifier: BSD-2-Clause
// Aliases and forwards: who gets a copy, and what is recorded before the first.
#include <algorithm>

#include "office.hpp"

using namespace postern;
using test::kContent;
using test::Names;
using test::Office;

BOOST_FIXTURE_TEST_SUITE(sorting_tests, Office)

BOOST_AUTO_TEST_CASE(a_mailbox_gets_one_copy_by_however_many_names) {
    const auto mailbox = accounts.add_account("alice@example.org").mailbox;
    accounts.add_account("alice+work@example.org").mailbox = mailbox;
    accounts.add_alias("all@example.org", {"alice@example.org", "carol@example.org"});
    queue({"alice+work@example.org", "Alice@example.org", "alice@example.org", "all@example.org"}, kContent);
    good_pass();
    CHECK_NAMES(delivered_to("alice"), {"alice+work@example.org"});
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(trouble_with_accounts_defers_and_bounces_nothing) {
    accounts.add_trouble("alice@example.org");
    queue({"alice@example.org"}, kContent);
    good_pass();
    CHECK_NAMES(open_in(""), {"alice@example.org"});
    BOOST_TEST(log.count_of("trouble") == 1u);
    BOOST_TEST(log.entries.front().field("what").find("permission denied") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_report_does_not_tell_the_sender_of_our_paths) {
    accounts.add_trouble("alice@example.org");
    const auto path = queue({"alice@example.org"}, kContent);
    good_pass();
    const auto message = claim(queued("received").front());
    const auto& last = message.history().recipients().front().last;
    BOOST_REQUIRE(last);
    BOOST_TEST(last->status == "4.3.0");
    BOOST_TEST(last->reason == "the accounts cannot be read at present");
}

BOOST_AUTO_TEST_CASE(an_alias_edited_between_two_tries_repeats_nobody_and_skips_nobody) {
    accounts.add_alias("all@example.org", {"alice@example.org", "carol@example.org"});
    queue({"all@example.org"}, kContent);
    files.fail_on("mail/example.org/carol", EIO);
    files.make_directories("mail/example.org");
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(copies("carol") == 0u);
    accounts.add_account("dave@example.org");
    accounts.add_alias("all@example.org", {"dave@example.org"});
    files.restart();
    clock.advance(std::chrono::minutes(34));
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(copies("dave") == 0u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(an_expansion_is_durable_before_the_first_copy) {
    accounts.add_alias("all@example.org", {"alice@example.org", "carol@example.org"});
    queue({"all@example.org"}, kContent);
    good_pass();
    const auto& calls = files.calls();
    const auto first = [&](std::string_view begin) {
        const auto is_it = [&](const std::string& call) { return call.starts_with(begin); };
        return std::find_if(calls.begin(), calls.end(), is_it) - calls.begin();
    };
    BOOST_TEST(first("sync_data spool/received/now/") < first("create mail/example.org/"));
    BOOST_TEST(first("create mail/example.org/") < std::ssize(calls));
}

BOOST_AUTO_TEST_CASE(a_large_expansion_is_recorded_in_portions) {
    Names members;
    for (int i = 0; i < 1201; ++i) members.push_back("x" + std::to_string(i) + "@example.net");
    accounts.add_alias("all@example.org", members);
    queue({"all@example.org"}, kContent);
    good_pass();
    const auto path = queued("relay").front();
    const std::string text = *files.content(path);
    std::size_t records = 0;
    for (auto at = text.find("\"members\""); at != std::string::npos; at = text.find("\"members\"", at + 1))
        ++records;
    BOOST_TEST(records == 3u);
    CHECK_NAMES(open_in("relay"), members);
}

BOOST_AUTO_TEST_CASE(members_of_a_list_get_its_owner_as_return_path) {
    accounts.add_alias("band@example.org", {"carol@example.org", "x@example.net"}, "owner-band@example.org");
    const auto return_path = [&](const std::string& user) {
        const std::string folder = "mail/example.org/" + user + "/new/";
        const std::string text = *files.content(folder + files.names(folder).front());
        return text.substr(0, text.find('\n'));
    };
    queue({"alice@example.org", "band@example.org"}, kContent);
    good_pass();
    BOOST_TEST(return_path("alice") == "Return-Path: <bob@example.net>");
    BOOST_TEST(return_path("carol") == "Return-Path: <owner-band@example.org>");
    const auto message = claim(queued("relay").front());
    const auto open = message.history().open();
    BOOST_REQUIRE(open.size() == 1u);
    BOOST_TEST(message.history().reverse_path_of(open[0])->to_string() == "owner-band@example.org");
}

BOOST_AUTO_TEST_CASE(a_null_return_path_stays_null_behind_a_list) {
    accounts.add_alias("band@example.org", {"carol@example.org"}, "owner-band@example.org");
    queue({"band@example.org"}, kContent, "");
    good_pass();
    const std::string folder = "mail/example.org/carol/new/";
    BOOST_TEST(files.content(folder + files.names(folder).front())->starts_with("Return-Path: <>\n"));
}

BOOST_AUTO_TEST_CASE(members_that_the_message_knows_already_are_left_out) {
    accounts.add_alias("all@example.org", {"x@example.net", "y@example.net", "alice@example.org"});
    accounts.add_alias("two@example.org", {"y@example.net", "z@example.net"});
    queue({"x@example.net", "all@example.org", "alice@example.org", "two@example.org"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net", "y@example.net", "z@example.net"});
}

BOOST_AUTO_TEST_CASE(an_account_that_forwards_and_keeps_is_named_twice_and_gets_one_copy) {
    accounts.add_account("alice@example.org", {"x@example.net"});
    queue({"alice@example.org", "alice@example.org"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net"});
}

BOOST_AUTO_TEST_CASE(what_is_passed_on_to_another_server_goes_to_the_relay_lane) {
    accounts.pass_on("bob@example.org", "in.example");
    accounts.add_alias("all@example.org", {"alice@example.org", "bob@example.org"});
    queue({"all@example.org"}, kContent);
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    CHECK_NAMES(open_in("relay"), {"bob@example.org"});
}

BOOST_AUTO_TEST_SUITE_END()
