// SPDX-License-Identifier: BSD-2-Clause
// What a dead runner began with a child is completed or undone by whoever claims the parent next.
#include <boost/test/unit_test.hpp>

#include "spool/staged_child.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using runner::Turn;

namespace unfinished_steps_tests {

struct HalfWay : WorkerFixture {
    HalfWay() : parent(queue_for({"bob@example.org", "eve@example.com"})) {}

    /// Up to the child's second name: staged, perhaps named, then killed.
    void die_with_child(bool is_named) {
        {
            auto runner = worker();
            auto message = take_up(runner);
            spool::Head head{message.child_id("relay"), Lane::relay, clock.now(), parent,
                             envelope({"eve@example.com"})};
            auto child = must(spool::StagedChild::create(files, layout, head));
            must(child.append(kContent));
            must(child.finish());
            const spool::Child record{head.id, "relay", Lane::relay, {1}};
            if (is_named) must(message.append({clock.now(), record}, spool::Durability::synced));
            files.fail_from(1);
        }
        files.restart();
    }
    std::size_t staged() { return files.names("spool/staged").size(); }

    spool::MessageId parent;
};

std::vector<std::string> syncs_and_renames(const MemoryFiles& files) {
    std::vector<std::string> names;
    for (const std::string& call : files.calls())
        if (call.starts_with("sync") || call.starts_with("rename"))
            names.push_back(call.substr(0, call.find(' ')));
    return names;
}

}  // namespace unfinished_steps_tests

BOOST_FIXTURE_TEST_SUITE(unfinished_steps_tests, unfinished_steps_tests::HalfWay)

BOOST_AUTO_TEST_CASE(a_child_is_durable_then_recorded_durably_then_filed) {
    auto runner = worker();
    auto message = take_up(runner);
    files.forget_calls();
    must(runner.split_off(message, {1}, Lane::relay));
    const std::vector<std::string> expected = {"sync", "sync_directory", "sync_data", "rename_new"};
    BOOST_TEST(syncs_and_renames(files) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_child_that_the_log_names_is_filed_by_the_next_claim) {
    die_with_child(true);
    auto runner = worker();
    const auto message = must(runner.take_up(due().at(0), Turn::last));
    BOOST_TEST(message->history().open().size() == 1u);
    BOOST_TEST(staged() == 0u);
    BOOST_TEST(due(Lane::relay).size() == 1u);
}

// Else it would be filed when the parent, taken another way, is gone: mail twice.
BOOST_AUTO_TEST_CASE(a_child_that_the_log_does_not_name_is_undone_by_the_next_claim) {
    die_with_child(false);
    auto runner = worker();
    auto message = must(runner.take_up(due().at(0), Turn::last));
    BOOST_TEST(staged() == 0u);
    must(runner.settle(*std::move(message), {outcome(Kind::delivered, {0, 1})}, Lane::received));
    must(runner.sweep());
    BOOST_TEST(queued().empty());
}

BOOST_AUTO_TEST_CASE(or_by_a_retry) {
    die_with_child(false);
    must(spool::retry(files, layout, parent, clock.now(), std::chrono::milliseconds(0)));
    BOOST_TEST(staged() == 0u);
}

BOOST_AUTO_TEST_CASE(while_a_sweep_holds_such_a_child_the_parent_is_left_alone) {
    die_with_child(false);
    const auto held = must(spool::lock_file(files, "spool/staged/" + files.names("spool/staged").at(0)));
    auto runner = worker();
    BOOST_TEST(!must(runner.take_up(due().at(0), Turn::last)).has_value());
    BOOST_TEST(spool::retry(files, layout, parent, clock.now(), std::chrono::milliseconds(0))
                   .failed_with(Fault::temporary));
}

BOOST_AUTO_TEST_CASE(a_named_child_that_is_broken_is_trouble) {
    die_with_child(true);
    const std::string path = "spool/staged/" + files.names("spool/staged").at(0);
    std::string octets = *files.content(path);
    octets[300] ^= 1;
    files.put(path, octets);
    auto runner = worker();
    must(runner.take_up(due().at(0), Turn::last));
    BOOST_TEST(runner.found_trouble());
    BOOST_TEST(files.names("spool/damaged").size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
