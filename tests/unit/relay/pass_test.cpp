// SPDX-License-Identifier: BSD-2-Clause
// Whole passes of mxrun: what goes over the network, and what stands in the spool afterwards.
#include "relay/pass.hpp"

#include "relay/outcomes.hpp"
#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

using State = spool::RecipientHistory::State;

BOOST_FIXTURE_TEST_SUITE(pass_tests, PassFixture)

BOOST_AUTO_TEST_CASE(a_message_goes_to_the_mail_host_of_its_domain) {
    auto& host = network.host("192.0.2.10");
    queue({"bob@a.example"});
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_REQUIRE(host.contents.size() == 1u);
    BOOST_TEST(host.contents[0] == "Subject: x\r\n\r\nhello\r\n");
    BOOST_TEST(host.lines.front() == "EHLO here.example");
    BOOST_TEST(host.count("MAIL FROM:<alice@here.example>") == 1u);
    BOOST_TEST(host.lines.back() == "QUIT");
}

BOOST_AUTO_TEST_CASE(messages_to_one_host_share_a_connection) {
    auto& a = network.host("192.0.2.10");
    auto& b = network.host("192.0.2.20");
    for (const auto* to : {"1@a.example", "1@b.example", "2@a.example", "2@b.example", "3@a.example"})
        queue({to});
    pass();
    BOOST_TEST(a.contents.size() == 3u);
    BOOST_TEST(a.connections == 1u);
    BOOST_TEST(b.contents.size() == 2u);
    BOOST_TEST(b.connections == 1u);
    BOOST_TEST(resolver.questions == 2);
}

BOOST_AUTO_TEST_CASE(recipients_of_several_reverse_paths_get_a_transaction_for_each) {
    auto& host = network.host("192.0.2.10");
    const auto name = queue({"bob@a.example", "list@here.example"});
    {
        auto message = spool.claim("spool/relay/now/" + name);
        const spool::Members members{
            1, {*mail::Address::parse("eve@a.example")}, mail::Address::parse("owner-list@here.example")};
        const Instant now = spool.clock.now();
        test::must(message.append(std::vector<spool::Record>{{now, members}, {now, spool::Expanded{}}},
                                  spool::Durability::synced));
    }
    pass();
    BOOST_TEST(host.contents.size() == 2u);
    BOOST_TEST(host.connections == 1u);
    BOOST_TEST(host.count("MAIL FROM:<alice@here.example>") == 1u);
    BOOST_TEST(host.count("MAIL FROM:<owner-list@here.example>") == 1u);
    BOOST_TEST(host.count("RCPT TO:<") == 2u);
    std::ranges::sort(host.contents);
    const std::string content = "Subject: x\r\n\r\nhello\r\n";
    const std::vector<std::string> expected = {"Delivered-To: list@here.example\r\n" + content, content};
    BOOST_TEST(host.contents == expected, boost::test_tools::per_element());
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(a_host_that_is_down_is_tried_once_a_pass_and_all_its_mail_deferred) {
    for (int i = 0; i < 5; ++i) queue({"bob@a.example"});
    pass();
    BOOST_TEST(network.calls.size() == 1u);
    BOOST_TEST(spool.queued().size() == 5u);
    for (const auto& path : spool.queued()) {
        BOOST_TEST(path.starts_with("spool/relay/20261121T210"));
        const auto story = test::must(spool::read_message(spool.files, path));
        const auto& bob = story.history.recipients()[0];
        BOOST_TEST((bob.state == State::open));
        BOOST_TEST(bob.tries == 1u);
        BOOST_TEST(bob.last->status == "4.4.1");
        BOOST_TEST(bob.last->host == "mx.a.example [192.0.2.10]");
    }
}

BOOST_AUTO_TEST_CASE(a_deferred_message_is_tried_again_when_it_is_due_and_not_before) {
    queue({"bob@a.example"});
    pass();
    pass();
    BOOST_TEST(network.calls.size() == 1u);
    spool.clock.advance(std::chrono::minutes(34));
    auto& host = network.host("192.0.2.10");
    pass();
    BOOST_TEST(host.contents.size() == 1u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(the_next_host_is_tried_when_the_first_is_dead) {
    auto& host = network.host("192.0.2.10");
    queue({"bob@two.example"});
    queue({"eve@two.example"});
    pass();
    BOOST_TEST(host.contents.size() == 2u);
    BOOST_TEST(network.calls == (std::vector<std::string>{"192.0.2.99:25", "192.0.2.10:25"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_refused_recipient_comes_back_as_a_bounce) {
    network.host("192.0.2.10").replies["RCPT TO:<eve"] = "550 5.1.1 who is eve?";
    queue({"bob@a.example", "eve@a.example"});
    pass();
    const auto report = bounce();
    BOOST_TEST(says(report, "550 5.1.1 who is eve?"));
    BOOST_TEST(says(report, "rfc822; eve@a.example"));
    BOOST_TEST(!says(report, "rfc822; bob@a.example"));
    BOOST_TEST(network.host("192.0.2.10").contents.size() == 1u);
}

BOOST_AUTO_TEST_CASE(each_recipient_goes_its_own_way) {
    auto& host = network.host("192.0.2.10");
    host.replies["RCPT TO:<later"] = "451 4.2.0 later";
    queue({"bob@a.example", "later@a.example"});
    pass();
    BOOST_TEST((left(0).state == State::delivered));
    BOOST_TEST((left(1).state == State::open));
    BOOST_TEST(left(1).last->reply == "451 4.2.0 later");
    host.replies.clear();
    spool.clock.advance(std::chrono::minutes(34));
    pass();
    BOOST_TEST(host.count("RCPT TO:<bob@") == 1u);
    BOOST_TEST(host.count("RCPT TO:<later@") == 2u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(a_message_for_several_domains_goes_to_each_of_them_once) {
    auto& a = network.host("192.0.2.10");
    auto& b = network.host("192.0.2.20");
    queue({"1@a.example", "1@b.example", "2@a.example", "3@null.example"});
    pass();
    BOOST_TEST(a.contents.size() == 1u);
    BOOST_TEST(a.count("RCPT") == 2u);
    BOOST_TEST(b.contents.size() == 1u);
    BOOST_TEST(says(bounce(), "5.1.10"));
}

BOOST_AUTO_TEST_CASE(the_outcome_at_one_domain_is_recorded_before_the_next_one_is_met) {
    network.host("192.0.2.10");
    network.host("192.0.2.20").replies["MAIL"] = kDrop;
    queue({"1@a.example", "1@b.example"});
    spool.files.forget_calls();
    pass();
    BOOST_TEST((left(0).state == State::delivered));
    BOOST_TEST((left(1).state == State::open));
    BOOST_TEST(spool.files.count_of("sync_data") == 2u);  // one a domain
}

BOOST_AUTO_TEST_CASE(what_cannot_be_delivered_at_all_is_bounced_without_a_connection) {
    struct Case {
        const char* to;
        const char* status;
    };
    for (const auto& [to, status] : {Case{"x@null.example", "5.1.10"}, Case{"x@no-such.example", "5.1.2"},
                                     Case{"x@loop.example", "5.4.6"}, Case{"x@[192.0.2.1]", "5.4.6"}}) {
        PassFixture fresh;
        fresh.queue({to});
        fresh.pass();
        BOOST_TEST(says(fresh.bounce(), status), to);
        BOOST_TEST(fresh.network.calls.empty());
    }
}

BOOST_AUTO_TEST_CASE(trouble_with_the_dns_defers) {
    resolver.troubled = {"a.example", "mx.b.example"};
    queue({"x@a.example", "x@b.example"});
    pass();
    BOOST_TEST(left(0).last->status == "4.4.3");
    BOOST_TEST(left(1).last->status == "4.4.3");
    BOOST_TEST(network.calls.empty());
}

BOOST_AUTO_TEST_CASE(an_address_literal_needs_no_dns) {
    auto& host = network.host("192.0.2.77");
    queue({"bob@[192.0.2.77]"});
    pass();
    BOOST_TEST(host.count("RCPT TO:<bob@[192.0.2.77]>") == 1u);
    BOOST_TEST(resolver.questions == 0);
}

BOOST_AUTO_TEST_CASE(with_a_gateway_everything_goes_there_over_one_connection) {
    options.gateway = Gateway{"mx.b.example", 2525};
    options.always = true;
    options.per_host = 1;
    auto& gateway = network.host("192.0.2.20");
    for (const auto* to : {"1@a.example", "2@no-such.example", "3@[192.0.2.77]"}) queue({to});
    pass();
    BOOST_TEST(gateway.contents.size() == 3u);
    BOOST_TEST(network.calls == (std::vector<std::string>{"192.0.2.20:2525"}),
               boost::test_tools::per_element());
    BOOST_TEST(resolver.questions == 0);
}

BOOST_AUTO_TEST_CASE(a_gateway_that_cannot_be_found_bounces_nothing) {
    options.gateway = Gateway{"no-such.example", 25};
    options.always = true;
    queue({"bob@a.example"});
    pass();
    BOOST_TEST((left().state == State::open));
}

BOOST_AUTO_TEST_CASE(trouble_with_one_message_stops_no_other) {
    bool reached_the_fault = true;
    for (std::size_t step = 1; reached_the_fault; ++step) {
        PassFixture fresh;
        auto& a = fresh.network.host("192.0.2.10");
        auto& b = fresh.network.host("192.0.2.20");
        fresh.queue({"bob@a.example"});
        fresh.queue({"bob@b.example"});
        fresh.spool.files.forget_calls();
        fresh.spool.files.fail_operation(step);
        const auto passed = fresh.run();
        reached_the_fault = fresh.spool.files.fault_was_reached();
        const auto failing = reached_the_fault ? fresh.spool.files.calls().at(step - 1) : "";
        if (failing.starts_with("list ")) continue;  // then nobody knows what is due
        BOOST_TEST(a.contents.size() + b.contents.size() >= 1u, failing);
    }
}

BOOST_AUTO_TEST_CASE(mail_for_a_domain_that_is_served_here_goes_back_to_deliver) {
    accounts.served = {"a.example"};
    const auto name = queue({"bob@a.example"});
    pass();
    BOOST_TEST(network.calls.empty());
    BOOST_REQUIRE(spool.queued().size() == 1u);
    BOOST_TEST(spool.queued().front() == "spool/received/now/" + spool::RelayName::parse(name)->id.text());
}

BOOST_AUTO_TEST_CASE(remote_recipients_are_served_before_a_message_goes_back_to_deliver) {
    accounts.served = {"a.example"};
    auto& b = network.host("192.0.2.20");
    queue({"bob@a.example", "eve@b.example"});
    pass();
    BOOST_TEST(b.contents.size() == 1u);
    BOOST_TEST((left(1).state == State::delivered));
    BOOST_TEST(spool.queued().front().starts_with("spool/received/now/"));
}

BOOST_AUTO_TEST_CASE(where_nobody_can_tell_whether_a_domain_is_served_its_mail_waits) {
    accounts.troubled = "a.example";
    queue({"bob@a.example"});
    pass();
    BOOST_TEST(left().last->status == "4.3.0");
    BOOST_TEST(network.calls.empty());
}

BOOST_AUTO_TEST_CASE(many_recipients_go_in_transactions_of_a_hundred) {
    auto& host = network.host("192.0.2.10");
    std::vector<std::string> everybody;
    for (int i = 0; i < 250; ++i) everybody.push_back("user" + std::to_string(i) + "@a.example");
    queue(everybody);
    pass();
    BOOST_TEST(host.contents.size() == 3u);
    BOOST_TEST(host.count("RCPT") == 250u);
    BOOST_TEST(host.connections == 1u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(recipients_that_a_host_takes_no_more_of_go_in_the_next_transaction) {
    auto& host = network.host("192.0.2.10");
    host.replies["RCPT TO:<b"] = "452 4.5.3 too many";
    queue({"a@a.example", "b@a.example"});
    pass();
    BOOST_TEST(host.count("RCPT TO:<b@") == 2u);  // the second time alone, and then it is a deferral
    BOOST_TEST((left(0).state == State::delivered));
    BOOST_TEST((left(1).state == State::open));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_recorded_is_not_sent) {
    int refusals_to_send = 0;
    bool reached_the_fault = true;
    for (std::size_t step = 1; reached_the_fault; ++step) {
        PassFixture fresh;
        auto& host = fresh.network.host("192.0.2.10");
        host.replies["RCPT TO:<eve"] = "451 later";
        fresh.queue({"bob@a.example", "eve@a.example"});
        fresh.spool.files.fail_operation(step, ENOSPC);
        const auto passed = fresh.run();
        reached_the_fault = fresh.spool.files.fault_was_reached();
        fresh.spool.files.crash();
        BOOST_TEST_CONTEXT("disk full at file operation " << step) {
            const bool is_recorded = fresh.left(0).state == State::delivered;
            BOOST_TEST((is_recorded || !passed || host.contents.empty()));
            BOOST_TEST((!is_recorded || !host.contents.empty()));
            if (!passed && fresh.network.calls.empty()) ++refusals_to_send;
        }
    }
    BOOST_TEST(refusals_to_send > 0);
}

BOOST_AUTO_TEST_CASE(room_for_the_records_is_there_before_the_connection) {
    network.host("192.0.2.10");
    std::vector<std::string> everybody;
    for (int i = 0; i < 50; ++i) everybody.push_back("user" + std::to_string(i) + "@a.example");
    const auto path = spool.layout.now(spool::Lane::relay) + "/" + queue(everybody);
    const auto story = test::must(spool::read_message(spool.files, path));
    const auto before = story.content_offset + story.content_size;
    std::size_t room = 0;
    network.on_connect = [&] { room = spool.files.content(path)->size() - before; };
    pass();
    BOOST_TEST(room >= longest_log(50));
}

BOOST_AUTO_TEST_CASE(told_to_stop_it_ends_between_two_messages) {
    auto& host = network.host("192.0.2.10");
    for (int i = 0; i < 3; ++i) queue({"bob@a.example"});
    told_to_stop = [&] { return host.contents.size() == 1; };
    pass();
    BOOST_TEST(host.contents.size() == 1u);
    BOOST_TEST(host.lines.back() == "QUIT");
    BOOST_TEST(spool.queued().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_delivered_message_does_not_come_back_after_a_power_cut) {
    network.host("192.0.2.10");
    queue({"bob@a.example"});
    pass();
    spool.files.crash();
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(what_is_passed_on_goes_to_its_server_and_the_rest_of_the_domain_back_to_deliver) {
    auto& inside = network.host("192.0.2.50");
    accounts.served = {"org.example", "com.example"};
    accounts.passed_on["bob@org.example"] = {accounts::OtherServer{"192.0.2.50", 2525}};
    accounts.passed_on["eve@com.example"] = {accounts::OtherServer{"192.0.2.50", 2525}};
    queue({"bob@org.example", "alice@org.example", "eve@com.example"});
    pass();
    BOOST_TEST(network.calls == (std::vector<std::string>{"192.0.2.50:2525"}),
               boost::test_tools::per_element());
    BOOST_TEST(inside.contents.size() == 1u);
    BOOST_TEST(inside.count("RCPT TO:") == 2u);
    BOOST_REQUIRE(spool.queued().size() == 1u);
    BOOST_TEST(spool.queued().front().starts_with("spool/received/"));
    BOOST_TEST((left(1).state == State::open));
}

BOOST_AUTO_TEST_CASE(a_backup_sends_to_better_hosts_only) {
    auto& primary = network.host("192.0.2.10");
    resolver.zone_text +=
        "org.example. MX 10 mx.a.example.\norg.example. MX 20 here.example.\norg.example. MX 30 "
        "mx.b.example.\n";
    accounts.served = {"org.example"};
    accounts.passed_on["bob@org.example"] = {};
    queue({"bob@org.example"});
    pass();
    BOOST_TEST(primary.contents.size() == 1u);
    BOOST_TEST(network.calls.size() == 1u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(a_backup_that_is_the_best_host_itself_would_send_mail_in_a_circle) {
    accounts.served = {"loop.example"};
    accounts.passed_on["bob@loop.example"] = {};
    queue({"bob@loop.example"});
    pass();
    BOOST_TEST(network.calls.empty());
    BOOST_TEST(says(bounce(), "5.4.6"));
}

BOOST_AUTO_TEST_CASE(the_gateway_takes_over_after_so_many_tries_by_mx) {
    auto& gateway = network.host("192.0.2.60");
    options.gateway = Gateway{"192.0.2.60", 587};
    options.tries_before_gateway = 2;
    queue({"bob@a.example"});
    for (const auto calls : {1u, 2u}) {
        pass();
        BOOST_TEST(network.calls.size() == calls);
        BOOST_TEST(network.calls.back() == "192.0.2.10:25");
        spool.clock.advance(std::chrono::minutes(61));
    }
    pass();
    BOOST_TEST(network.calls.back() == "192.0.2.60:587");
    BOOST_TEST(gateway.contents.size() == 1u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
