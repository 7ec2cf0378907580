// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/unit_test.hpp>

#include "spool/staged_child.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using namespace postern::spool;
using test::must;

namespace queue_orders_tests {

constexpr std::string_view kMinute = "20300101T0000Z";

struct WaitingMessage : test::MemorySpool {
    explicit WaitingMessage(std::string_view from = "alice@example.net")
        : id(must(queue(envelope({"bob@example.com", "eve@example.com"}, from), "x\r\n"))) {
        Message message = claim(path_in_received(id));
        const Outcome deferred{Outcome::Kind::deferred, {0, 1}, "4.0.0", "", "", "", Instant(minute)};
        must(message.append({clock.now(), deferred}, Durability::synced));
        must(message.move_to(layout.minute(Lane::relay, minute), name()));
    }

    std::string name() const { return "5." + id.text() + "@example.com"; }
    std::string waiting() const { return "spool/relay/" + std::string(kMinute) + "/" + name(); }
    std::string held() const { return "spool/hold/" + name(); }
    std::string at_once() const { return "spool/relay/now/" + name(); }
    MessageStory story(const std::string& path) { return must(read_message(files, path)); }
    /// The only file that there is in the spool; "" when there is none.
    std::string only_file() {
        const auto all = files.all_files();
        if (all.size() > 1) throw std::runtime_error("more than one file");
        return all.empty() ? "" : all.begin()->first;
    }

    Minute minute = *parse_minute(kMinute);
    MessageId id;
};

bool mentions(const MessageStory& story, const char* words) {
    return std::ranges::any_of(story.history.recipients(), [&](const RecipientHistory& recipient) {
        return recipient.last && recipient.last->reason.find(words) != std::string::npos;
    });
}

}  // namespace queue_orders_tests

BOOST_AUTO_TEST_SUITE(queue_orders_tests)

BOOST_FIXTURE_TEST_CASE(a_hold_says_by_whom_and_why, WaitingMessage) {
    must(order(id, Order::hold));
    BOOST_TEST(only_file() == held());
    const auto hold = story(held()).history.hold();
    BOOST_REQUIRE(hold.has_value());
    BOOST_TEST(hold->by == "root");
    BOOST_TEST(hold->reason == "told to");
}

BOOST_FIXTURE_TEST_CASE(what_is_held_is_not_held_again, WaitingMessage) {
    BOOST_TEST((must(order(id, Order::hold)) == Obeyed::now));
    BOOST_TEST((must(order(id, Order::hold)) == Obeyed::before));
    BOOST_TEST(story(held()).log.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_release_keeps_the_schedule, WaitingMessage) {
    must(order(id, Order::hold));
    must(order(id, Order::release));
    BOOST_TEST(only_file() == waiting());
    BOOST_TEST(!story(waiting()).history.is_held());
    BOOST_TEST((story(waiting()).history.due() == Instant(minute)));
}

BOOST_FIXTURE_TEST_CASE(what_became_due_in_hold_is_tried_at_once, WaitingMessage) {
    must(order(id, Order::hold));
    clock.set(Instant(minute) + std::chrono::hours(1));
    must(order(id, Order::release));
    BOOST_TEST(only_file() == at_once());
}

BOOST_FIXTURE_TEST_CASE(what_is_not_held_is_not_released, WaitingMessage) {
    BOOST_TEST((must(order(id, Order::release)) == Obeyed::before));
    BOOST_TEST(story(waiting()).log.size() == 1u);
}

// A runner that dies of reading a file parks it without a record.
BOOST_FIXTURE_TEST_CASE(what_was_parked_unread_is_released_too, WaitingMessage) {
    must(files.rename_new(waiting(), held()));
    BOOST_TEST((must(order(id, Order::release)) == Obeyed::now));
    BOOST_TEST(only_file() == waiting());
}

BOOST_FIXTURE_TEST_CASE(a_removed_message_is_gone_and_tells_nobody, WaitingMessage) {
    must(order(id, Order::remove));
    BOOST_TEST(only_file() == "");
    BOOST_TEST(order(id, Order::remove).failed_with(Fault::not_found));
}

BOOST_FIXTURE_TEST_CASE(a_message_that_is_given_back_is_left_to_the_next_runner, WaitingMessage) {
    must(order(id, Order::hold));
    must(order(id, Order::give_back));
    BOOST_TEST(only_file() == at_once());
    const auto told = story(at_once());
    BOOST_TEST(!told.history.is_held());
    BOOST_TEST(told.history.in_state(RecipientHistory::State::failed).size() == 2u);
    BOOST_TEST(mentions(told, "administrator"));
}

BOOST_AUTO_TEST_CASE(a_message_without_a_sender_cannot_be_given_back) {
    WaitingMessage report("");
    BOOST_TEST(report.order(report.id, Order::give_back).failed_with(Fault::permanent));
    BOOST_TEST(report.story(report.waiting()).log.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_runner_at_work_is_not_disturbed, WaitingMessage) {
    const Message runner = claim(waiting());
    for (const Order each : {Order::hold, Order::release, Order::remove, Order::give_back})
        BOOST_TEST(order(id, each).failed_with(Fault::temporary));
    BOOST_TEST(only_file() == waiting());
}

BOOST_FIXTURE_TEST_CASE(where_it_was_seen_is_looked_at_first_and_elsewhere_then, WaitingMessage) {
    const Ordered hold{Order::hold, clock.now()};
    files.forget_calls();
    must(carry_out(files, layout, id, hold, std::chrono::milliseconds(0), waiting()));
    BOOST_TEST(files.count_of("list") == 0u);
    const Ordered release{Order::release, clock.now()};
    must(carry_out(files, layout, id, release, std::chrono::milliseconds(0), waiting()));
    BOOST_TEST(only_file() == waiting());
}

// Else the child would be filed when the parent is gone: mail of a message that was removed.
BOOST_FIXTURE_TEST_CASE(a_child_that_a_dead_runner_left_unnamed_goes_first, WaitingMessage) {
    {
        Message message = claim(waiting());
        const Head head{message.child_id(kBouncePurpose), Lane::received, clock.now(), id,
                        envelope({"alice@example.net"}, "")};
        must(must(StagedChild::create(files, layout, head)).finish());
    }
    BOOST_TEST(files.names("spool/staged").size() == 1u);
    must(order(id, Order::remove));
    BOOST_TEST(only_file() == "");
}

BOOST_AUTO_TEST_CASE(an_order_that_fails_half_way_is_carried_out_when_it_is_given_again) {
    for (const Order each : {Order::hold, Order::remove, Order::give_back, Order::retry}) {
        bool reached = true;
        for (std::size_t step = 1; reached; ++step) {
            BOOST_TEST_CONTEXT("order " << int(each) << ", failing from file operation " << step) {
                WaitingMessage message;
                message.files.fail_from(step);
                const bool is_done = bool(message.order(message.id, each));
                reached = message.files.fault_was_reached();
                message.files.crash();
                const std::string left = message.only_file();
                if (left.empty()) {  // removed, and so it was to be
                    BOOST_TEST((each == Order::remove));
                    continue;
                }
                const auto told = message.story(left);  // whole, whatever happened
                if (is_done && each == Order::remove) BOOST_TEST(told.history.is_removed());
                if (is_done && each == Order::hold) BOOST_TEST(told.history.is_held());
                must(message.order(message.id, each));
            }
        }
    }
}

/// One that a session found not to be valid.
struct QuarantinedMessage : test::MemorySpool {
    QuarantinedMessage() : id(must(queue(envelope({"bob@example.com"}), "x\r\n"))) {
        Message message = claim(path_in_received(id));
        must(message.append({clock.now(), Held{"From, octet 0: is missing"}}, Durability::synced));
        must(message.move_to(layout.quarantine(), id.text()));
    }
    Result<Obeyed> order_there(Order order) {
        return carry_out_in_quarantine(files, layout, id, {order, clock.now(), "root"},
                                       std::chrono::milliseconds(0));
    }
    std::string path() const { return layout.quarantine() + "/" + id.text(); }
    MessageId id;
};

BOOST_FIXTURE_TEST_CASE(what_is_released_from_quarantine_is_queued, QuarantinedMessage) {
    BOOST_TEST((must(order_there(Order::release)) == Obeyed::now));
    BOOST_TEST(files.names(layout.quarantine()).empty());
    BOOST_TEST(!must(read_message(files, path_in_received(id))).history.is_held());
    BOOST_TEST(order_there(Order::release).failed_with(Fault::not_found));
}

BOOST_FIXTURE_TEST_CASE(a_release_from_quarantine_without_its_rename_is_given_again, QuarantinedMessage) {
    must(claim(path()).append({clock.now(), Released{"root"}}, Durability::synced));
    BOOST_TEST((must(order_there(Order::release)) == Obeyed::now));
    BOOST_TEST(files.exists(path_in_received(id)));
}

BOOST_FIXTURE_TEST_CASE(what_is_removed_from_quarantine_is_gone, QuarantinedMessage) {
    BOOST_TEST((must(order_there(Order::remove)) == Obeyed::now));
    BOOST_TEST(files.all_files().empty());
}

BOOST_FIXTURE_TEST_CASE(orders_for_the_queue_do_not_reach_into_quarantine, QuarantinedMessage) {
    BOOST_TEST(order(id, Order::release).failed_with(Fault::not_found));
    BOOST_TEST(files.exists(path()));
}

BOOST_AUTO_TEST_SUITE_END()
