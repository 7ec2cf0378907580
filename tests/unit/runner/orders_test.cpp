// SPDX-License-Identifier: BSD-2-Clause
// What an administrator ordered counts, whatever the directory says: a crash may have come between the record
// and the rename that must follow.
#include <boost/test/unit_test.hpp>

#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using runner::Turn;
using spool::Order;

namespace orders_tests {

struct Orders : WorkerFixture {
    Orders() : id(queue_for({"bob@example.org"})) {}

    std::string in_lane() { return path_in_received(id); }
    std::string in_hold() { return "spool/hold/" + id.text(); }
    /// The record alone: killed before the rename.
    void record(const std::string& path, spool::Event event) {
        must(claim(path).append({clock.now(), std::move(event)}, spool::Durability::synced));
    }
    /// Sweeps, and takes up what is due; true when there was something to try.
    bool run() {
        auto runner = worker();
        must(runner.sweep());
        bool has_tried = false;
        for (const auto& file : due())
            has_tried = must(runner.take_up(file, Turn::first)).has_value() || has_tried;
        return has_tried;
    }

    spool::MessageId id;
};

}  // namespace orders_tests

BOOST_FIXTURE_TEST_SUITE(orders_tests, orders_tests::Orders)

BOOST_AUTO_TEST_CASE(a_message_whose_log_says_held_goes_to_hold_and_says_why) {
    record(in_lane(), spool::Held{"asked to wait", "root"});
    BOOST_TEST(!run());
    BOOST_TEST(files.exists(in_hold()));
    BOOST_TEST(log.entries.at(0).field("reason") == "asked to wait");
}

BOOST_AUTO_TEST_CASE(a_held_message_is_not_tried_until_it_is_released) {
    must(order(id, Order::hold));
    BOOST_TEST(!run());
    BOOST_TEST(files.exists(in_hold()));
    must(order(id, Order::release));
    BOOST_TEST(run());
}

BOOST_AUTO_TEST_CASE(a_message_whose_log_says_released_comes_out_of_hold) {
    must(order(id, Order::hold));
    record(in_hold(), spool::Released{"root"});
    BOOST_TEST(run());
    BOOST_TEST(files.exists(in_lane()));
}

BOOST_AUTO_TEST_CASE(a_message_whose_log_says_removed_is_not_tried_but_unlinked) {
    record(in_lane(), spool::Removed{"root"});
    BOOST_TEST(!run());
    BOOST_TEST(files.all_files().empty());
}

BOOST_AUTO_TEST_CASE(even_in_hold) {
    must(order(id, Order::hold));
    record(in_hold(), spool::Removed{"root"});
    BOOST_TEST(!run());
    BOOST_TEST(files.all_files().empty());
}

BOOST_AUTO_TEST_CASE(what_was_promised_before_it_was_removed_is_kept) {
    pass({outcome(Kind::failed, {0})});
    const auto report = story(queued().at(0));
    BOOST_TEST((report.parent == id));  // and the message itself is done
    must(order(report.id, Order::remove));
    BOOST_TEST(files.all_files().empty());
}

BOOST_AUTO_TEST_CASE(what_is_given_back_is_reported_and_not_tried) {
    must(order(id, Order::give_back));
    BOOST_TEST(!run());
    BOOST_REQUIRE(queued().size() == 1u);
    BOOST_TEST((story(queued()[0]).parent == id));
    BOOST_TEST(content(queued()[0]).find("returned the message") != std::string::npos);
}

// It was held because it kills runners: an administrator who lets it go wants it tried as often again.
BOOST_AUTO_TEST_CASE(a_release_forgives_the_dead_runners) {
    for (unsigned i = 0; i < options().max_crashes; ++i) {
        {
            auto runner = worker();
            const auto message = must(runner.take_up(due().at(0), Turn::last));
            files.fail_from(1);
        }
        files.restart();
    }
    BOOST_TEST(!run());
    BOOST_TEST(files.exists(in_hold()));
    must(order(id, Order::release));
    BOOST_TEST(run());
}

BOOST_AUTO_TEST_SUITE_END()
