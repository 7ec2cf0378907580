// SPDX-License-Identifier: BSD-2-Clause
// What senders ask of reports (RFC 3461): which are written, what stands in them, and never one twice.
#include <boost/test/unit_test.hpp>

#include "runner/onward_recipient.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using namespace std::chrono_literals;
using Reach = spool::Outcome::Reach;
using runner::Turn;

namespace dsn_tests {

struct Wishes : WorkerFixture {
    Wishes() : sent(envelope({"bob@example.org", "eve@example.com"})) {}

    void ask(const std::string& notify) {
        for (auto& recipient : sent.recipients) recipient.notify = notify;
    }
    spool::MessageId send(std::string_view content = kContent) { return must(queue(sent, content)); }
    std::vector<std::string> reports() {
        std::vector<std::string> paths;
        for (const auto& path : queued())
            if (story(path).parent) paths.push_back(path);
        return paths;
    }
    std::string report() {
        const auto paths = reports();
        BOOST_REQUIRE(paths.size() == 1u);
        return content(paths.front());
    }
    static spool::Outcome relayed(spool::RecipientSet recipients, Reach reach) {
        spool::Outcome relayed{Kind::delivered, std::move(recipients), "2.0.0"};
        relayed.host = "mx.example.com [192.0.2.1]";
        relayed.reply = "250 2.0.0 taken";
        relayed.reach = reach;
        return relayed;
    }
    /// The members of these aliases, recorded by the one message's runner; then these outcomes.
    void pass_with_members(const std::vector<spool::Members>& members,
                           const std::vector<spool::Outcome>& outcomes) {
        auto runner = worker();
        auto message = take_up(runner);
        std::vector<spool::Record> records;
        for (const auto& some : members) records.push_back({clock.now(), some});
        records.push_back({clock.now(), spool::Expanded{}});
        must(message.append(records, spool::Durability::synced));
        must(runner.settle(std::move(message), outcomes, Lane::received));
    }

    mail::Envelope sent;
};

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace dsn_tests

BOOST_FIXTURE_TEST_SUITE(dsn_tests, dsn_tests::Wishes)

BOOST_AUTO_TEST_CASE(who_never_wants_a_report_gets_none) {
    for (const char* notify : {"NEVER", "SUCCESS", "DELAY"}) {
        Wishes world;
        world.ask(notify);
        world.send();
        world.pass({outcome(Kind::failed, {0, 1})});
        BOOST_TEST(world.queued().empty(), notify);
    }
}

BOOST_AUTO_TEST_CASE(a_report_is_on_those_only_who_are_asked_about) {
    sent.recipients[0].notify = "NEVER";
    sent.recipients[1].notify = "FAILURE";
    send();
    pass({outcome(Kind::failed, {0, 1})});
    BOOST_TEST(says(report(), "eve@example.com"));
    BOOST_TEST(!says(report(), "bob@example.org"));
}

BOOST_AUTO_TEST_CASE(success_is_reported_where_it_is_asked_for) {
    sent.recipients[1].notify = "SUCCESS,FAILURE";
    sent.recipients[1].orcpt = "rfc822;Eve+2B1@example.com";
    sent.envid = "QQ+2B314";
    sent.ret = mail::ReturnedPart::whole;
    const auto id = send();
    pass({outcome(Kind::delivered, {0}), spool::Outcome{Kind::delivered, {1}, "2.0.0"}});
    const auto text = report();
    BOOST_TEST(says(text, "Subject: Your message was delivered\r\n"));
    BOOST_TEST(says(text, "Original-Envelope-Id: QQ+314\r\n"));
    BOOST_TEST(says(text,
                    "Original-Recipient: rfc822;Eve+1@example.com\r\n"
                    "Final-Recipient: rfc822; eve@example.com\r\n"
                    "Action: delivered\r\nStatus: 2.0.0\r\n"));
    BOOST_TEST(!says(text, "bob@example.org"));
    BOOST_TEST(says(text, "text/rfc822-headers"));  // RFC 3461 §6.2: whatever RET says
    BOOST_TEST(!says(text, "body"));
    BOOST_TEST(log.count_of("confirmed") == 1u);
    BOOST_TEST(queued().size() == 1u);  // the message itself is done
}

// RFC 8689 §5
BOOST_AUTO_TEST_CASE(what_tells_of_a_message_that_requires_tls_requires_it_too) {
    sent.requires_tls = true;
    sent.ret = mail::ReturnedPart::whole;
    sent.recipients[1].notify = "SUCCESS,FAILURE";
    send();
    pass({outcome(Kind::failed, {0}), spool::Outcome{Kind::delivered, {1}, "2.0.0"}});
    BOOST_TEST(reports().size() == 2u);
    for (const auto& path : reports()) {
        BOOST_TEST(story(path).envelope.requires_tls);
        BOOST_TEST(says(content(path), "text/rfc822-headers"));
        BOOST_TEST(!says(content(path), "body"));
    }
}

BOOST_AUTO_TEST_CASE(a_null_reverse_path_is_told_of_no_success) {
    sent.reverse_path.reset();
    ask("SUCCESS,FAILURE,DELAY");
    send();
    pass({outcome(Kind::delivered, {0, 1})});
    BOOST_TEST(queued().empty());
}

// RFC 3461 §5.2.1, §5.2.2
BOOST_AUTO_TEST_CASE(what_another_host_has_taken_is_reported_unless_it_reports_itself) {
    ask("SUCCESS");
    send();
    pass({relayed({0}, Reach::reporting_host), relayed({1}, Reach::silent_host)});
    const auto text = report();
    BOOST_TEST(says(text, "Final-Recipient: rfc822; eve@example.com\r\nAction: relayed\r\n"));
    BOOST_TEST(says(text, "Remote-MTA: dns; mx.example.com\r\n"));
    BOOST_TEST(!says(text, "bob@example.org"));
}

BOOST_AUTO_TEST_CASE(what_was_delivered_is_reported_while_others_wait) {
    ask("SUCCESS,FAILURE");
    send();
    pass({outcome(Kind::delivered, {0}), outcome(Kind::deferred, {1})});
    BOOST_TEST(reports().size() == 1u);
    must(files.unlink(reports().front()));
    clock.advance(1h);
    pass({outcome(Kind::delivered, {1})});
    BOOST_TEST(says(report(), "eve@example.com"));
    BOOST_TEST(!says(report(), "bob@example.org"));
}

// RFC 3461 §5.2.7.2
BOOST_AUTO_TEST_CASE(a_single_member_stands_for_its_alias) {
    sent = envelope({"info@example.org"});
    ask("SUCCESS,FAILURE");
    send();
    pass_with_members({{0, {address("bob@example.org")}}}, {outcome(Kind::delivered, {1})});
    BOOST_TEST(says(report(), "Final-Recipient: rfc822; bob@example.org\r\nAction: delivered\r\n"));
    BOOST_TEST(!says(report(), "expanded"));
}

// RFC 3461 §5.2.7.3 (c)
BOOST_AUTO_TEST_CASE(an_alias_of_several_members_is_reported_as_expanded) {
    sent = envelope({"info@example.org"});
    ask("SUCCESS");
    send();
    pass_with_members({{0, {address("bob@example.org"), address("eve@example.org")}}},
                      {outcome(Kind::delivered, {1}), outcome(Kind::failed, {2})});
    BOOST_TEST(says(report(), "Final-Recipient: rfc822; info@example.org\r\nAction: expanded\r\n"));
    BOOST_TEST(!says(report(), "bob@example.org"));
}

// RFC 3461 §5.2.7.1
BOOST_AUTO_TEST_CASE(a_list_is_where_the_message_was_delivered) {
    sent = envelope({"list@example.org"});
    ask("SUCCESS,FAILURE");
    sent.envid = "X1";
    send();
    pass_with_members({{0, {address("bob@example.org")}, address("owner-list@example.org")}},
                      {outcome(Kind::failed, {1})});
    BOOST_REQUIRE(reports().size() == 2u);
    for (const auto& path : reports()) {
        const bool is_owners = story(path).envelope.recipients.at(0).address.local_part() == "owner-list";
        BOOST_TEST(says(content(path), is_owners ? "Action: failed\r\n" : "Action: delivered\r\n"));
        BOOST_TEST(says(content(path), "Original-Envelope-Id") == !is_owners);
    }
}

BOOST_AUTO_TEST_CASE(what_is_split_off_takes_the_wishes_along) {
    sent = envelope({"info@example.org", "eve@example.com"});
    sent.requires_tls = true;
    ask("SUCCESS,DELAY");
    sent.ret = mail::ReturnedPart::header;
    sent.envid = "X1";
    send();
    auto runner = worker();
    auto message = take_up(runner);
    must(message.append(
        std::vector<spool::Record>{
            {clock.now(), spool::Members{0, {address("a@example.net"), address("b@example.net")}}},
            {clock.now(), spool::Expanded{}}},
        spool::Durability::synced));
    must(runner.split_off(message, {1, 2, 3}, Lane::relay));
    must(runner.settle(std::move(message), {}, Lane::received));
    for (const auto& path : queued()) {
        if (!path.starts_with("spool/relay/")) continue;
        const auto part = story(path).envelope;
        BOOST_TEST(part.envid == "X1");
        BOOST_TEST(part.requires_tls);
        BOOST_TEST((part.ret == mail::ReturnedPart::header));
        BOOST_TEST(part.recipients.at(0).notify == "SUCCESS,DELAY");
        BOOST_TEST(part.recipients.at(1).notify == "DELAY");
        BOOST_TEST(part.recipients.at(1).orcpt == "rfc822;info@example.org");
    }
    BOOST_TEST(says(content(reports().front()), "Action: expanded\r\n"));
}

BOOST_AUTO_TEST_CASE(the_whole_message_is_returned_where_it_is_asked_for) {
    sent.ret = mail::ReturnedPart::whole;
    send();
    pass({outcome(Kind::failed, {0, 1})});
    BOOST_TEST(says(report(), "Content-Type: message/rfc822\r\n\r\n" + std::string(kContent) + "\r\n--=_"));
    BOOST_TEST(!says(report(), "Content-Transfer-Encoding"));
    BOOST_TEST((story(reports().front()).envelope.body == mail::BodyType::seven_bit));
    BOOST_TEST(!story(reports().front()).envelope.requires_tls);
}

BOOST_AUTO_TEST_CASE(an_8_bit_message_is_returned_as_such) {
    sent.ret = mail::ReturnedPart::whole;
    send("Subject: x\r\n\r\n\xe4\r\n");
    pass({outcome(Kind::failed, {0, 1})});
    BOOST_TEST(says(report(),
                    "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                    "Subject: x\r\n\r\n\xe4\r\n"));
    BOOST_TEST(says(report().substr(0, report().find("\r\n\r\n")), "Content-Transfer-Encoding: 8bit"));
    BOOST_TEST((story(reports().front()).envelope.body == mail::BodyType::eight_bit_mime));
}

BOOST_AUTO_TEST_CASE(what_is_large_or_binary_is_not_returned) {
    sent.ret = mail::ReturnedPart::whole;
    send("Subject: x\r\n\r\n" + std::string(1'100'000, 'x') + "\r\n");
    pass({outcome(Kind::failed, {0, 1})});
    BOOST_TEST(says(report(), "text/rfc822-headers"));
    must(files.unlink(reports().front()));
    sent.body = mail::BodyType::binary_mime;
    send();
    pass({outcome(Kind::failed, {0, 1})});
    BOOST_TEST(says(report(), "text/rfc822-headers"));
}

BOOST_AUTO_TEST_CASE(a_release_that_was_asked_for_stands_in_the_report) {
    sent.release_at = clock.now() + 1h;
    send();
    clock.advance(2h);
    pass({outcome(Kind::failed, {0, 1})});
    BOOST_TEST(says(report(), "Future-Release-Request: until; 2026-11-21T21:30:00Z\r\n"));
}

// RFC 6533
BOOST_AUTO_TEST_CASE(an_international_sender_gets_an_international_report) {
    sent = envelope({"gr\xc3\xbc\xc3\x9f@example.org"}, "j\xc3\xbcrgen@example.net");
    sent.smtputf8 = true;
    send("Subject: \xc3\xa4\r\n\r\nx\r\n");
    pass({outcome(Kind::failed, {0})});
    BOOST_TEST(story(reports().front()).envelope.smtputf8);
    BOOST_TEST(says(
        report(), "Content-Type: message/global-delivery-status\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"));
    BOOST_TEST(says(report(), "Final-Recipient: utf-8; gr\xc3\xbc\xc3\x9f@example.org\r\n"));
    BOOST_TEST(says(report(),
                    "Content-Type: message/global-headers\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                    "Subject: \xc3\xa4\r\n"));
}

BOOST_AUTO_TEST_CASE(an_ascii_sender_gets_a_7_bit_report_on_international_mail) {
    sent = envelope({"gr\xc3\xbc\xc3\x9f@example.org"});
    sent.smtputf8 = true;
    send("Subject: \xc3\xa4\r\n\r\nx\r\n");
    pass({outcome(Kind::failed, {0})});
    BOOST_TEST(!story(reports().front()).envelope.smtputf8);
    BOOST_TEST(says(report(),
                    "Content-Type: message/global-delivery-status\r\n"
                    "Content-Transfer-Encoding: quoted-printable\r\n"));
    BOOST_TEST(says(report(), "Final-Recipient: utf-8; gr=C3=BC=C3=9F@example.org\r\n"));
    for (const char c : report()) BOOST_REQUIRE(static_cast<unsigned char>(c) < 0x80);
}

// RFC 6533 §3: a form that needs no SMTPUTF8
BOOST_AUTO_TEST_CASE(an_address_becomes_an_orcpt) {
    BOOST_TEST(runner::orcpt_of(address("a+b@example.org")) == "rfc822;a+2Bb@example.org");
    BOOST_TEST(runner::orcpt_of(address("gr\xc3\xbc\xc3\x9f+\xe2\x98\x83@example.org")) ==
               "utf-8;gr\\x{FC}\\x{DF}\\x{2B}\\x{2603}@example.org");
}

/// Every file operation in turn fails, and then the machine does: one report there is in the end.
BOOST_AUTO_TEST_CASE(a_crash_repeats_no_report_and_loses_none) {
    bool reached = true;
    for (std::size_t step = 1; reached; ++step) {
        Wishes world;
        world.ask("SUCCESS");
        world.send();
        const auto sent_file = world.due().at(0);
        world.files.fail_operation(step);
        {
            auto runner = world.worker();
            (void)runner.sweep();
            auto message = runner.take_up(sent_file, Turn::first);
            if (message && *message)
                (void)runner.settle(*std::move(*message), {outcome(Kind::delivered, {0, 1})}, Lane::received);
        }
        reached = world.files.fault_was_reached();
        world.files.crash();
        for (int i = 0; i < 2; ++i) {
            auto runner = world.worker();
            must(runner.sweep());
            for (const auto& file : world.due()) {
                auto message = must(runner.take_up(file, Turn::last));
                if (!message || message->parent()) continue;
                const auto open = message->history().open();
                must(runner.settle(*std::move(message), {outcome(Kind::delivered, open)}, Lane::received));
            }
        }
        BOOST_TEST(world.reports().size() == 1u, step);
        BOOST_TEST(world.queued().size() == 1u, step);
    }
}

BOOST_AUTO_TEST_SUITE_END()
