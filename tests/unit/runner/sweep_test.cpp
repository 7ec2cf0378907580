// SPDX-License-Identifier: BSD-2-Clause
#include <functional>

#include <boost/test/unit_test.hpp>

#include "spool/staged_child.hpp"
#include "support/forwarding_files.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;

namespace sweep_tests {

struct SweepFixture : WorkerFixture {
    SweepFixture() : parent(queue_for({"bob@example.org", "eve@example.com"})) {}

    spool::Head child_head() {
        spool::Head head{spool::MessageId::derived(parent, "relay", "x"), Lane::relay, clock.now(), parent,
                         envelope({"eve@example.com"})};
        return head;
    }
    void stage() {
        auto child = must(spool::StagedChild::create(files, layout, child_head()));
        must(child.append(kContent));
        must(child.finish());
    }
    void name_child() {
        auto message = claim(path_in_received(parent));
        must(message.append({clock.now(), spool::Child{child_head().id, "relay", Lane::relay, {1}}},
                            spool::Durability::synced));
    }
    void sweep() { must(worker().sweep()); }
    std::string filed() { return "spool/relay/now/5." + child_head().id.text() + "@example.com"; }

    spool::MessageId parent;
};

}  // namespace sweep_tests

BOOST_FIXTURE_TEST_SUITE(sweep_tests, sweep_tests::SweepFixture)

BOOST_AUTO_TEST_CASE(unlocked_files_of_incoming_go_whatever_stands_in_them) {
    const std::string live = *files.content(path_in_received(parent));
    files.put("spool/incoming/" + std::string(26, 'a'), live);
    files.put("spool/incoming/" + std::string(26, 'b'), "");
    files.put("spool/incoming/notes", "not ours");
    auto received_now = must(files.open_directory("spool/received/now"));
    auto incoming = must(spool::Incoming::create(
        {files, layout, *received_now}, spool::MessageId::random(randomness), envelope({"bob@example.org"})));
    sweep();
    const std::vector<std::string> expected = {incoming.id().text(), "notes"};
    auto left = files.names("spool/incoming");
    BOOST_TEST(left == expected, boost::test_tools::per_element());
    must(std::move(incoming).commit());  // a session at work is not disturbed
}

BOOST_AUTO_TEST_CASE(a_staged_child_that_its_parent_does_not_name_goes) {
    stage();
    sweep();
    BOOST_TEST(files.names("spool/staged").empty());
    BOOST_TEST(queued().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_staged_child_that_its_parent_names_is_filed) {
    stage();
    name_child();
    sweep();
    BOOST_TEST(files.names("spool/staged").empty());
    BOOST_TEST(files.exists(filed()));
}

BOOST_AUTO_TEST_CASE(a_staged_child_whose_parent_is_gone_is_filed) {
    stage();
    must(files.unlink(path_in_received(parent)));
    sweep();
    BOOST_TEST(files.exists(filed()));
}

BOOST_AUTO_TEST_CASE(a_staged_child_whose_parent_somebody_holds_is_left) {
    stage();
    {
        const auto held = claim(path_in_received(parent));
        sweep();
        BOOST_TEST(files.names("spool/staged").size() == 1u);
    }
    sweep();
    BOOST_TEST(files.names("spool/staged").empty());
}

BOOST_AUTO_TEST_CASE(a_child_that_is_being_written_is_left_and_a_half_written_one_goes) {
    {
        auto child = must(spool::StagedChild::create(files, layout, child_head()));
        must(child.append(std::string(100'000, 'x')));
        sweep();
        BOOST_TEST(files.names("spool/staged").size() == 1u);
        files.fail_from(1);  // killed
    }
    files.restart();
    BOOST_TEST(files.names("spool/staged").size() == 1u);
    sweep();
    BOOST_TEST(files.names("spool/staged").empty());
}

BOOST_AUTO_TEST_CASE(a_broken_staged_child_is_kept_in_damaged) {
    stage();
    const std::string path = "spool/staged/" + child_head().id.text();
    std::string octets = *files.content(path);
    octets[300] ^= 1;
    files.put(path, octets);
    auto runner = worker();
    must(runner.sweep());
    BOOST_TEST(runner.found_trouble());
    BOOST_TEST(*files.content("spool/damaged/" + child_head().id.text()) == octets);
    BOOST_TEST(log.count_of("damaged") == 1u);
}

// Read before it was locked, it would look unfinished, and be unlinked when it is not.
BOOST_AUTO_TEST_CASE(a_child_that_is_finished_and_named_while_a_sweep_looks_at_it_is_not_lost) {
    struct Interfering : ForwardingFiles {
        Interfering(sys::FileSystem& underneath, std::function<void()> what)
            : ForwardingFiles(underneath), at_second_look(std::move(what)) {}
        Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override {
            if (path.starts_with("spool/staged/") && ++looks == 2) at_second_look();
            return files_.open(path, access);
        }
        std::function<void()> at_second_look;
        int looks = 0;
    };
    auto child = std::optional(must(spool::StagedChild::create(files, layout, child_head())));
    must(child->append(std::string(100'000, 'x')));
    const auto finish_and_die = [&] {
        must(child->finish());
        name_child();
        child.reset();
    };
    Interfering interfering(files, finish_and_die);
    runner::Worker runner({interfering, layout, clock, log}, options(), "deliver");
    must(runner.sweep());
    if (child) finish_and_die();
    sweep();
    BOOST_TEST(files.exists(filed()));
}

BOOST_AUTO_TEST_CASE(what_was_released_but_lies_in_hold_still_goes_to_its_lane) {
    const std::string held = "spool/hold/" + parent.text();
    {
        auto message = claim(path_in_received(parent));
        must(message.append({clock.now(), spool::Held{"why"}}, spool::Durability::synced));
        must(message.move_to("spool/hold", parent.text()));
    }
    sweep();
    BOOST_TEST(files.exists(held));
    must(claim(held).append({clock.now(), spool::Retried{}}, spool::Durability::synced));
    sweep();
    BOOST_TEST(files.exists(path_in_received(parent)));
}

BOOST_AUTO_TEST_CASE(one_file_in_trouble_does_not_stop_the_sweep) {
    files.put("spool/incoming/" + std::string(26, 'a'), "");
    files.put("spool/incoming/" + std::string(26, 'b'), "");
    files.fail_on("spool/incoming/" + std::string(26, 'a'), EACCES);
    sweep();
    BOOST_TEST(files.names("spool/incoming").size() == 1u);
    BOOST_TEST(log.count_of("not_swept") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
