// SPDX-License-Identifier: BSD-2-Clause
// Accounts with another way than a Maildir, in whole passes: LMTP servers and programs in memory.
#include "delivery/other_ways.hpp"

#include <algorithm>

#include "office.hpp"

using namespace postern;
using test::kContent;
using test::Names;

namespace other_ways_tests {

const std::string kBox = "unix:/run/box";

struct OtherOffice : test::Office {
    void by_lmtp(const std::string& name, const std::string& server = kBox) {
        accounts.add_account(name).method = *accounts::LmtpServer::parse(server);
    }
    void by_command(const std::string& name) {
        accounts.add_account(name).method = accounts::DeliveryCommand{{"/usr/bin/take", "in"}};
    }
    test::FakeLmtpServer& box() { return lmtp_servers[kBox]; }
    /// Commands of one verb that the server has seen.
    Names said(std::string_view verb) {
        Names found;
        std::ranges::copy_if(box().lines, std::back_inserter(found),
                             [&](const std::string& line) { return line.starts_with(verb); });
        return found;
    }
    spool::Message waiting() { return claim(queued("received").front()); }
};

std::string variable(const sys::Command& command, const std::string& name) {
    for (const auto& entry : command.environment)
        if (entry.starts_with(name + "=")) return entry.substr(name.size() + 1);
    return "(unset)";
}

}  // namespace other_ways_tests

BOOST_FIXTURE_TEST_SUITE(other_ways_tests, other_ways_tests::OtherOffice)

BOOST_AUTO_TEST_CASE(all_of_one_server_are_one_transaction) {
    by_lmtp("alice@example.org");
    by_lmtp("dave@example.org");
    queue({"alice@example.org", "dave@example.org", "carol@example.org"}, kContent);
    good_pass();
    CHECK_NAMES(box().contents, {kContent});
    CHECK_NAMES(said("MAIL"), {"MAIL FROM:<bob@example.net>"});
    CHECK_NAMES(said("RCPT"), {"RCPT TO:<alice@example.org>", "RCPT TO:<dave@example.org>"});
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(copies("alice") == 0u);
    BOOST_TEST(queued("").empty());
}

// RFC 8689 §2: a server elsewhere would be reached without TLS.
BOOST_AUTO_TEST_CASE(what_requires_tls_goes_to_servers_of_this_host_alone) {
    const std::string elsewhere = "box.example.org:24";
    by_lmtp("alice@example.org");
    by_lmtp("dave@example.org", "127.0.0.1:24");
    by_lmtp("erin@example.org", elsewhere);
    requires_tls = true;
    const Names all{"alice@example.org", "dave@example.org", "erin@example.org"};
    queue(all, kContent, "");
    good_pass();
    BOOST_TEST(lmtp_servers[elsewhere].contents.size() == 1u);  // §5: a report is not lost for it
    queue(all, kContent);
    good_pass();
    BOOST_TEST(box().contents.size() == 2u);
    BOOST_TEST(lmtp_servers["127.0.0.1:24"].contents.size() == 2u);
    BOOST_TEST(lmtp_servers[elsewhere].contents.size() == 1u);
    BOOST_TEST(log.count_of("reported") == 1u);
}

BOOST_AUTO_TEST_CASE(a_connection_is_kept_for_the_next_message_and_ended_with_the_pass) {
    by_lmtp("alice@example.org");
    queue({"alice@example.org"}, kContent);
    queue({"alice@example.org"}, kContent);
    good_pass();
    BOOST_TEST(box().contents.size() == 2u);
    BOOST_TEST(box().connections == 1);
    BOOST_TEST(box().lines.back() == "QUIT");
}

BOOST_AUTO_TEST_CASE(each_recipient_has_its_own_outcome) {
    for (const char* name : {"alice@example.org", "dave@example.org", "erin@example.org"}) by_lmtp(name);
    box().script = [](const std::string& line) {
        if (line == "RCPT TO:<alice@example.org>") return "550 5.1.1 who?\r\n";
        return line == "END <erin@example.org>" ? "452 4.2.2 full\r\n" : "";
    };
    queue({"alice@example.org", "dave@example.org", "erin@example.org"}, kContent, "");
    good_pass();
    const auto message = waiting();
    using State = spool::RecipientHistory::State;
    const auto& recipients = message.history().recipients();
    BOOST_TEST((recipients[0].state == State::failed));
    BOOST_TEST(recipients[0].last->reply == "550 5.1.1 who?");
    BOOST_TEST(recipients[0].last->host == "mx.example.org");
    BOOST_TEST((recipients[1].state == State::delivered));
    BOOST_TEST((recipients[2].state == State::open));
    BOOST_TEST(recipients[2].last->reply == "452 4.2.2 full");
}

BOOST_AUTO_TEST_CASE(who_was_answered_is_not_asked_for_again_after_a_lost_connection) {
    by_lmtp("alice@example.org");
    by_lmtp("dave@example.org");
    box().script = [](const std::string& line) { return line == "END <dave@example.org>" ? "drop" : ""; };
    queue({"alice@example.org", "dave@example.org"}, kContent);
    good_pass();
    box().script = [](const std::string&) { return ""; };
    box().lines.clear();
    clock.advance(std::chrono::hours(5));
    good_pass();
    CHECK_NAMES(said("RCPT"), {"RCPT TO:<dave@example.org>"});
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(a_server_that_is_down_is_tried_once_a_pass) {
    by_lmtp("alice@example.org");
    box().is_down = true;
    queue({"alice@example.org"}, kContent);
    queue({"alice@example.org"}, kContent);
    good_pass();
    BOOST_TEST(log.count_of("host-down") == 1u);
    BOOST_TEST(waiting().history().recipients()[0].last->status == "4.4.1");
    box().is_down = false;
    clock.advance(std::chrono::hours(5));
    good_pass();
    BOOST_TEST(box().contents.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_server_that_refuses_the_greeting_bounces_nothing) {
    by_lmtp("alice@example.org");
    box().script = [](const std::string& line) {
        return line.starts_with("LHLO") ? "500 5.5.1 what?\r\n" : "";
    };
    queue({"alice@example.org"}, kContent);
    good_pass();
    const auto message = waiting();
    BOOST_TEST(message.history().recipients()[0].last->status == "4.5.1");
}

BOOST_AUTO_TEST_CASE(a_conversation_that_ended_between_two_messages_is_begun_anew) {
    by_lmtp("alice@example.org");
    int mails = 0;
    box().script = [&](const std::string& line) {
        return line.starts_with("MAIL") && ++mails == 2 ? "421 4.3.2 bye\r\n" : "";
    };
    queue({"alice@example.org"}, kContent);
    queue({"alice@example.org"}, kContent);
    good_pass();
    BOOST_TEST(box().contents.size() == 2u);
    BOOST_TEST(box().connections == 2);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(the_outcome_is_durable_before_anything_else_is_done) {
    by_lmtp("alice@example.org");
    accounts.add_account("dave@example.org").method = *accounts::LmtpServer::parse("10.0.0.9:24");
    std::size_t synced = 0;
    lmtp_servers["10.0.0.9:24"].script = [&](const std::string& line) {
        if (line.starts_with("LHLO")) synced = files.count_of("sync_data");
        return "";
    };
    lmtp_servers[kBox].script = lmtp_servers["10.0.0.9:24"].script;
    queue({"alice@example.org", "dave@example.org"}, kContent);
    good_pass();
    BOOST_TEST(synced == 1u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(more_recipients_than_one_transaction_takes_go_in_several) {
    Names names;
    for (int i = 0; i < 130; ++i) {
        names.push_back("m" + std::to_string(i) + "@example.org");
        by_lmtp(names.back());
    }
    queue(names, kContent);
    good_pass();
    BOOST_TEST(box().contents.size() == 2u);
    BOOST_TEST(said("RCPT").size() == 130u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(a_command_gets_the_local_form_and_eight_variables) {
    by_command("alice@example.org");
    accounts.add_account("alice+lists@example.org") = accounts.add_account("alice@example.org");
    by_command("alice@example.org");
    const auto path = queue({"alice@example.org"}, kContent);
    good_pass();
    BOOST_REQUIRE_EQUAL(programs.commands.size(), 1u);
    const auto& command = programs.commands[0];
    CHECK_NAMES(command.arguments, {"/usr/bin/take", "in"});
    BOOST_TEST(command.directory == "mail/example.org/alice");
    BOOST_TEST((command.time_limit == std::chrono::minutes(2)));
    CHECK_NAMES(command.environment,
                {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=mail/example.org/alice", "USER=alice",
                 "SENDER=bob@example.net", "RECIPIENT=alice@example.org", "DOMAIN=example.org",
                 "EXTENSION=", "POSTERN_ID=" + path.substr(path.rfind('/') + 1)});
    BOOST_TEST(programs.inputs[0] ==
               "Return-Path: <bob@example.net>\nDelivered-To: alice@example.org\nSubject: hi\n\nhello\n");
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(the_tag_is_the_extension) {
    auto account = accounts.add_account("alice@example.org");
    account.method = accounts::DeliveryCommand{{"/usr/bin/take"}};
    accounts.add_account("alice+lists@example.org") = account;  // as FileAccounts finds it
    queue({"Alice+Lists@example.org"}, kContent, "");
    good_pass();
    BOOST_REQUIRE_EQUAL(programs.commands.size(), 1u);
    BOOST_TEST(variable(programs.commands[0], "EXTENSION") == "Lists");
    BOOST_TEST(variable(programs.commands[0], "SENDER") == "");
    BOOST_TEST(variable(programs.commands[0], "USER") == "alice");
}

BOOST_AUTO_TEST_CASE(a_command_says_what_becomes_of_the_recipient) {
    by_command("alice@example.org");
    programs.end = [](const sys::Command&) {
        return sys::CommandEnd{sys::CommandEnd::How::exited, 75, "come back\nlater\n"};
    };
    queue({"alice@example.org"}, kContent);
    good_pass();
    const auto message = waiting();
    BOOST_TEST(message.history().recipients()[0].last->status == "4.3.0");
    BOOST_TEST(message.history().recipients()[0].last->reason ==
               "the delivery command says: come back later");
}

BOOST_AUTO_TEST_CASE(a_command_that_cannot_be_run_bounces_nothing) {
    by_command("alice@example.org");
    programs.end = [](const sys::Command&) {
        return Error(Fault::not_found, "run /usr/bin/take: no such file");
    };
    queue({"alice@example.org"}, kContent);
    good_pass();
    BOOST_TEST(waiting().history().recipients()[0].last->status == "4.3.5");
}

BOOST_AUTO_TEST_CASE(a_deferred_command_keeps_nobody_else_back) {
    by_command("alice@example.org");
    programs.end = [](const sys::Command&) { return sys::CommandEnd{sys::CommandEnd::How::exited, 75}; };
    queue({"alice@example.org", "carol@example.org", "x@example.net"}, kContent);
    good_pass();
    BOOST_TEST(copies("carol") == 1u);
    CHECK_NAMES(open_in("relay"), {"x@example.net"});
    CHECK_NAMES(open_in("received"), {"alice@example.org"});
}

BOOST_AUTO_TEST_SUITE_END()
