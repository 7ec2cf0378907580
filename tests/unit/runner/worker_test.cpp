// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/unit_test.hpp>

#include "support/forwarding_files.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using runner::Turn;
using State = spool::RecipientHistory::State;

namespace worker_tests {

/// A runner takes the message up and is killed.
void die_of(WorkerFixture& fixture, std::size_t which = 0) {
    {
        auto worker = fixture.worker();
        const auto message = must(worker.take_up(fixture.due().at(which), Turn::last));
        BOOST_REQUIRE(message.has_value());
        fixture.files.fail_from(1);
    }
    fixture.files.restart();
}

}  // namespace worker_tests

BOOST_FIXTURE_TEST_SUITE(worker_tests, WorkerFixture)

BOOST_AUTO_TEST_CASE(when_all_are_delivered_unlinking_is_the_record) {
    queue_for({"bob@example.org", "eve@example.org"});
    files.forget_calls();
    pass({outcome(Kind::delivered, {0, 1})});
    BOOST_TEST(files.syncs() == 0u);
    BOOST_TEST(files.all_files().empty());
    BOOST_TEST(log.count_of("delivered") == 2u);
}

BOOST_AUTO_TEST_CASE(a_deferred_message_waits_for_the_minute_of_its_next_try) {
    queue_for({"bob@example.org", "eve@example.org"});
    pass({outcome(Kind::delivered, {0}), outcome(Kind::deferred, {1})});
    BOOST_TEST(due().empty());
    BOOST_REQUIRE(queued().size() == 1u);
    BOOST_TEST(queued()[0].starts_with("spool/received/20261121T210"));
    files.crash();  // outcomes are synced; the rename may be lost, the log rules
    BOOST_REQUIRE(queued().size() == 1u);
    const auto history = story(queued()[0]).history;
    BOOST_TEST((history.recipients()[0].state == State::delivered));
    BOOST_TEST(history.ready(clock.now()).empty());
    clock.advance(std::chrono::minutes(34));
    auto next = worker();
    BOOST_TEST(take_up(next).history().ready(clock.now()).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_message_is_filed_in_another_lane_under_its_name_there) {
    const auto id = queue_for({"bob@example.com"});
    pass({}, Lane::received, Lane::relay);
    BOOST_TEST(queued().at(0) == "spool/relay/now/5." + id.text() + "@example.com");
    pass({}, Lane::relay, Lane::received);
    BOOST_TEST(queued().at(0) == path_in_received(id));
}

BOOST_AUTO_TEST_CASE(a_relay_name_tells_the_open_recipients_domain_and_keeps_its_priority) {
    const auto id = queue_for({"bob@example.com", "eve@example.net", "al@[192.0.2.1]"});
    pass({}, Lane::received, Lane::relay);
    BOOST_TEST(queued().at(0) == "spool/relay/now/5." + id.text() + "@+");
    must(files.rename_new(queued()[0], "spool/relay/now/2." + id.text() + "@+"));
    pass({outcome(Kind::delivered, {1, 2}), outcome(Kind::deferred, {0})}, Lane::relay, Lane::relay);
    BOOST_TEST(queued().at(0).starts_with("spool/relay/20261121T210"));
    BOOST_TEST(queued().at(0).ends_with("/2." + id.text() + "@example.com"));
}

// Else it would be delivered again with each pass.
BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_unlinked_says_what_was_delivered) {
    queue_for({"bob@example.org"});
    struct StubbornFiles : ForwardingFiles {
        using ForwardingFiles::ForwardingFiles;
        Status unlink(const std::string& path) override { return Error(Fault::no_permission, path); }
    } stubborn(files);
    runner::Worker runner({stubborn, layout, clock, log}, options(), "deliver");
    BOOST_TEST(runner.settle(take_up(runner), {outcome(Kind::delivered, {0})}, Lane::received)
                   .failed_with(Fault::no_permission));
    BOOST_TEST(story(queued().at(0)).history.is_finished());
    auto next = worker();
    BOOST_TEST(!must(next.take_up(due().at(0), Turn::first)).has_value());
    BOOST_TEST(queued().empty());
}

// A power cut may leave the first lines of a record of many.
BOOST_AUTO_TEST_CASE(members_that_no_expanded_closes_count_for_nothing) {
    const auto id = queue_for({"list@example.org"});
    must(claim(path_in_received(id))
             .append({clock.now(), spool::Members{0, {address("old@example.org")}}},
                     spool::Durability::synced));
    auto runner = worker();
    auto message = take_up(runner);
    const spool::Record expansion[] = {{clock.now(), spool::Members{0, {address("new@example.org")}}},
                                       {clock.now(), spool::Expanded{}}};
    must(message.append(expansion, spool::Durability::synced));
    BOOST_REQUIRE(message.history().recipients().size() == 2u);
    BOOST_TEST(message.history().recipients()[1].address.to_string() == "new@example.org");
}

BOOST_AUTO_TEST_CASE(outcomes_in_the_middle_of_the_work_are_durable) {
    queue_for({"bob@example.org", "eve@example.org"});
    auto runner = worker();
    {
        auto message = take_up(runner);
        must(runner.record(message, {outcome(Kind::delivered, {0})}));
        files.crash();
    }
    BOOST_TEST((story(queued().at(0)).history.recipients()[0].state == State::delivered));
}

BOOST_AUTO_TEST_CASE(all_that_failed_is_reported_in_one_bounce) {
    const auto id = queue_for({"bob@example.org", "eve@example.org"});
    pass({outcome(Kind::failed, {0}), outcome(Kind::failed, {1})});
    BOOST_REQUIRE(queued().size() == 1u);  // the report; the message is done
    const auto report = story(queued()[0]);
    BOOST_TEST((report.parent == id));
    BOOST_TEST(!report.envelope.reverse_path.has_value());
    BOOST_TEST(report.envelope.recipients.at(0).address.to_string() == "alice@example.net");
    const std::string text = content(queued()[0]);
    BOOST_TEST(text.find("Final-Recipient: rfc822; bob@example.org") != std::string::npos);
    BOOST_TEST(text.find("Final-Recipient: rfc822; eve@example.org") != std::string::npos);
    BOOST_TEST(text.find("Subject: hello\r\nFrom: alice@example.net\r\n\r\n--") != std::string::npos);
    BOOST_TEST(text.find("body") == std::string::npos);
    BOOST_TEST(files.names("spool/staged").empty());
}

BOOST_AUTO_TEST_CASE(what_was_reported_is_not_reported_again) {
    queue_for({"bob@example.org", "eve@example.org"});
    pass({outcome(Kind::failed, {0}), outcome(Kind::deferred, {1})});
    BOOST_TEST(due().size() == 1u);  // the report
    pass({outcome(Kind::delivered, {0})});
    clock.advance(std::chrono::minutes(34));
    pass({outcome(Kind::delivered, {1})});
    BOOST_TEST(files.all_files().empty());
}

BOOST_AUTO_TEST_CASE(a_bounce_is_never_bounced_but_held) {
    const auto id = queue_for({"bob@example.org", "eve@example.org"}, "");
    pass({outcome(Kind::failed, {0}), outcome(Kind::deferred, {1})});
    BOOST_TEST(queued().size() == 1u);  // somebody is open: it waits
    clock.advance(std::chrono::minutes(34));
    auto runner = worker();
    must(runner.settle(take_up(runner), {outcome(Kind::delivered, {1})}, Lane::received));
    BOOST_TEST(queued().empty());
    BOOST_TEST(runner.found_trouble());
    BOOST_TEST(files.exists("spool/hold/" + id.text()));
    must(spool::retry(files, layout, id, clock.now(), std::chrono::milliseconds(0)));
    BOOST_TEST(take_up(runner).history().open() == spool::RecipientSet{0}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(at_max_age_a_deferred_message_bounces) {
    queue_for({"bob@example.org"});
    clock.advance(options().max_age);
    pass({outcome(Kind::deferred, {0})});
    BOOST_TEST(queued().size() == 1u);
    BOOST_TEST(content(queued()[0]).find("given up after 5d") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(recipients_with_different_tries_behind_them_wait_differently) {
    queue_for({"bob@example.org", "eve@example.org", "al@example.org"});
    pass({outcome(Kind::deferred, {0, 1})});
    clock.advance(std::chrono::minutes(34));
    pass({outcome(Kind::deferred, {0, 1, 2})});
    const auto history = story(queued().at(0)).history;
    const auto next = [&](std::size_t i) { return *history.recipients()[i].next; };
    BOOST_TEST((next(0) == next(1)));
    BOOST_TEST((next(0) - clock.now() >= std::chrono::minutes(45)));
    BOOST_TEST((next(2) - clock.now() <= std::chrono::minutes(33)));
}

BOOST_AUTO_TEST_CASE(recipients_of_another_lane_are_split_off_with_the_same_content) {
    auto envelope_with_dsn = envelope({"bob@example.org", "eve@example.com", "al@example.com"});
    envelope_with_dsn.recipients[1].orcpt = "rfc822;x@example.com";
    const auto id = must(queue(envelope_with_dsn, kContent));
    auto runner = worker();
    auto message = take_up(runner);
    must(runner.split_off(message, {1, 2}, Lane::relay));
    must(runner.settle(std::move(message), {outcome(Kind::delivered, {0})}, Lane::received));
    BOOST_REQUIRE(queued().size() == 1u);
    BOOST_TEST(queued()[0].ends_with("@example.com"));
    const auto part = story(queued()[0]);
    BOOST_TEST((part.parent == id));
    BOOST_TEST(part.envelope.recipients.size() == 2u);
    BOOST_TEST(part.envelope.recipients[0].orcpt == "rfc822;x@example.com");
    BOOST_TEST(part.envelope.reverse_path->to_string() == "alice@example.net");
    BOOST_TEST((part.envelope.received == envelope_with_dsn.received));
    BOOST_TEST(content(queued()[0]) == kContent);
}

/// Index 0 is bob, 1 the list, 2 and 3 its owner's members.
void expand_list(WorkerFixture& spool, spool::Message& message) {
    const spool::Members members{1,
                                 {test::address("m2@example.com"), test::address("m3@example.com")},
                                 test::address("owner-list@example.org")};
    must(message.append(
        std::vector<spool::Record>{{spool.clock.now(), members}, {spool.clock.now(), spool::Expanded{}}},
        spool::Durability::synced));
}

BOOST_AUTO_TEST_CASE(what_failed_is_reported_once_to_each_reverse_path) {
    auto envelope_with_dsn = envelope({"bob@example.org", "list@example.org"});
    envelope_with_dsn.recipients[1].orcpt = "rfc822;list@example.org";
    must(queue(envelope_with_dsn, kContent));
    auto runner = worker();
    auto message = take_up(runner);
    expand_list(*this, message);
    must(runner.settle(std::move(message), {outcome(Kind::failed, {0, 2, 3})}, Lane::received));
    std::vector<std::string> reports;
    for (const std::string& path : queued()) {
        const std::string text = content(path);
        std::string facts = story(path).envelope.recipients[0].address.to_string() + ":";
        for (const char* name : {"bob", "m2", "m3"})
            if (text.find(std::string("rfc822; ") + name) != std::string::npos)
                facts += std::string(" ") + name;
        if (text.find("Original-Recipient") != std::string::npos) facts += " with ORCPT";
        reports.push_back(facts);
    }
    std::ranges::sort(reports);
    const std::vector<std::string> expected = {"alice@example.net: bob", "owner-list@example.org: m2 m3"};
    BOOST_TEST(reports == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(recipients_of_several_reverse_paths_are_split_off_apart) {
    must(queue(envelope({"bob@example.com", "list@example.org"}), kContent));
    auto runner = worker();
    auto message = take_up(runner);
    expand_list(*this, message);
    must(runner.split_off(message, {0, 2, 3}, Lane::relay));
    BOOST_TEST(message.history().is_finished());
    must(runner.settle(std::move(message), {}, Lane::received));
    std::vector<std::string> parts;
    for (const std::string& path : queued()) {
        const auto part = story(path);
        std::string facts = part.envelope.reverse_path->to_string() + ":";
        for (const auto& recipient : part.envelope.recipients) {
            facts += " " + recipient.address.local_part();
            if (recipient.on_behalf_of) facts += " for " + recipient.on_behalf_of->local_part();
        }
        parts.push_back(facts);
    }
    std::ranges::sort(parts);
    const std::vector<std::string> expected = {"alice@example.net: bob",
                                               "owner-list@example.org: m2 for list m3 for list"};
    BOOST_TEST(parts == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_message_that_killed_a_runner_is_tried_last) {
    queue_for({"bob@example.org"});
    die_of(*this);
    auto runner = worker();
    BOOST_TEST(!must(runner.take_up(due().at(0), Turn::first)).has_value());
    BOOST_REQUIRE(runner.shelved().size() == 1u);
    BOOST_TEST(must(runner.take_up(runner.shelved()[0], Turn::last)).has_value());
}

BOOST_AUTO_TEST_CASE(of_those_tried_last_the_least_deadly_come_first) {
    queue_for({"bob@example.org"});
    queue_for({"eve@example.org"});
    for (const std::size_t which : {0u, 0u, 1u}) die_of(*this, which);
    auto runner = worker();
    for (const auto& file : due()) BOOST_TEST(!must(runner.take_up(file, Turn::first)).has_value());
    BOOST_REQUIRE(runner.shelved().size() == 2u);
    BOOST_TEST(runner.shelved()[0].name == due().at(1).name);
}

BOOST_AUTO_TEST_CASE(a_message_that_kills_every_runner_is_parked) {
    const auto id = queue_for({"bob@example.org"});
    for (unsigned i = 0; i < options().max_crashes; ++i) die_of(*this);
    auto runner = worker();
    BOOST_TEST(!must(runner.take_up(due().at(0), Turn::first)).has_value());
    BOOST_TEST(files.exists("spool/hold/" + id.text()));
    BOOST_TEST(runner.found_trouble());
    BOOST_TEST(runner.shelved().empty());
}

BOOST_AUTO_TEST_CASE(runners_that_end_in_good_order_park_nothing) {
    queue_for({"bob@example.org"});
    for (unsigned i = 0; i < 3 * options().max_crashes; ++i) {
        auto runner = worker();
        take_up(runner);
    }
    auto runner = worker();
    BOOST_TEST(take_up(runner).history().unfinished_begins() == 1u);
}

BOOST_AUTO_TEST_CASE(a_damaged_file_goes_to_damaged_and_the_others_are_served) {
    const auto bad = queue_for({"bob@example.org"}), good = queue_for({"eve@example.org"});
    std::string octets = *files.content(path_in_received(bad));
    octets[300] ^= 1;
    files.put(path_in_received(bad), octets);
    auto runner = worker();
    std::size_t taken = 0;
    for (const auto& file : due()) taken += must(runner.take_up(file, Turn::first)).has_value() ? 1 : 0;
    BOOST_TEST(taken == 1u);
    BOOST_TEST(*files.content("spool/damaged/" + bad.text()) == octets);
    BOOST_TEST(log.count_of("damaged") == 1u);
    BOOST_TEST(runner.found_trouble());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_does_not_stop_the_others) {
    const auto bad = queue_for({"bob@example.org"});
    queue_for({"eve@example.org"});
    files.fail_on(path_in_received(bad), EACCES);
    auto runner = worker();
    std::size_t taken = 0;
    for (const auto& file : due()) taken += must(runner.take_up(file, Turn::first)).has_value() ? 1 : 0;
    BOOST_TEST(taken == 1u);
    BOOST_TEST(runner.left_unreadable());
    BOOST_TEST(files.exists(path_in_received(bad)));
}

BOOST_AUTO_TEST_CASE(two_runners_never_hold_one_message) {
    queue_for({"bob@example.org"});
    auto one = worker(), other = worker();
    const auto file = due().at(0);
    const auto message = must(one.take_up(file, Turn::first));
    BOOST_TEST(message.has_value());
    BOOST_TEST(!must(other.take_up(file, Turn::first)).has_value());
}

BOOST_AUTO_TEST_CASE(a_runner_that_cannot_record_leaves_the_message_alone) {
    queue_for({"bob@example.org"});
    const auto file = due().at(0);
    // Nothing but the write of `begun` fails: open, lock, two looks at the name, one read come before it.
    auto runner = worker();
    bool found = false;
    for (std::size_t step = 1; step < 20 && !found; ++step) {
        files.fail_operation(step, ENOSPC);
        const auto taken = runner.take_up(file, Turn::first);
        found = !taken && taken.failed_with(Fault::no_space);
        files.restart();
    }
    BOOST_TEST(found);
    BOOST_TEST(queued().size() == 1u);
}

BOOST_AUTO_TEST_CASE(removals_are_made_durable_once) {
    queue_for({"bob@example.org"});
    auto runner = worker();
    must(runner.settle(take_up(runner), {outcome(Kind::delivered, {0})}, Lane::received));
    must(runner.sync_removals());
    files.crash();
    BOOST_TEST(queued().empty());
}

BOOST_AUTO_TEST_CASE(every_outcome_is_logged_a_line_a_recipient) {
    const auto id = queue_for({"bob@example.org", "eve@example.org"});
    auto failed = outcome(Kind::failed, {0});
    failed.reply = "550 no";
    pass({failed, outcome(Kind::deferred, {1})});
    const auto& entry = log.entries.at(0);
    BOOST_TEST(entry.event == "failed");
    BOOST_TEST(entry.field("id") == id.text());
    BOOST_TEST(entry.field("from") == "alice@example.net");
    BOOST_TEST(entry.field("to") == "bob@example.org");
    BOOST_TEST(entry.field("reply") == "550 no");
    BOOST_TEST(log.entries.at(1).field("next").starts_with("2026-11-21T21:0"));
}

BOOST_AUTO_TEST_SUITE_END()
