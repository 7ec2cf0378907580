// SPDX-License-Identifier: BSD-2-Clause
#include "runner/repair.hpp"

#include <boost/test/unit_test.hpp>

#include "spool/check.hpp"
#include "spool/staged_child.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;

namespace repair_tests {

using End = runner::Repair::End;

struct Broken : WorkerFixture {
    Broken() : id(queue_for({"bob@example.com"})) {}

    std::string queued_at() const { return path_in_received(id); }
    std::string relayed_as(const std::string& directory) const {
        return "spool/relay/" + directory + "/5." + id.text() + "@example.com";
    }
    void move(const std::string& to) {
        files.make_directories(to.substr(0, to.rfind('/')));
        must(files.rename_new(queued_at(), to));
    }
    void record(spool::Event event) {
        must(claim(queued_at()).append({clock.now(), std::move(event)}, spool::Durability::synced));
    }
    std::vector<spool::Finding> findings() {
        return must(spool::check(files, layout, {"run", clock.now(), [] {}}));
    }
    std::vector<runner::Repair> repair() { return runner::repair(tools(), "run", findings()); }
    /// Repairs, and expects that nothing is wrong then.
    void mend_all() {
        BOOST_TEST(!findings().empty());
        for (const auto& each : repair()) BOOST_TEST((each.end == End::mended), each.what);
        BOOST_TEST(findings().empty());
    }
    /// Repairs, and expects that every octet in the spool stays.
    void leave_all() {
        const auto before = files.all_files();
        for (const auto& each : repair()) {
            BOOST_TEST((each.end == End::left));
            BOOST_TEST(!each.what.empty());
        }
        BOOST_TEST((files.all_files() == before));
    }

    spool::MessageId id;
};

}  // namespace repair_tests

BOOST_FIXTURE_TEST_SUITE(repair_tests, repair_tests::Broken)

BOOST_AUTO_TEST_CASE(an_illegal_name_becomes_that_of_line_1) {
    move("spool/received/now/" + id.text() + ".bak");
    mend_all();
    BOOST_TEST(files.exists(queued_at()));
    BOOST_TEST(log.count_of("repaired") == 1u);
}

BOOST_AUTO_TEST_CASE(a_wrong_name_becomes_that_of_line_1) {
    move("spool/received/now/" + std::string(26, 'a'));
    mend_all();
    BOOST_TEST(files.exists(queued_at()));
}

BOOST_AUTO_TEST_CASE(a_wrong_domain_becomes_that_of_the_open_recipients) {
    move("spool/relay/now/3." + id.text() + "@+");
    mend_all();
    BOOST_TEST(files.exists("spool/relay/now/3." + id.text() + "@example.com"));
}

BOOST_AUTO_TEST_CASE(a_message_is_filed_in_the_minute_of_its_next_try) {
    auto deferred = outcome(Kind::deferred, {0});
    deferred.next = *parse_rfc3339("2026-11-22T08:00:00Z");
    record(deferred);
    move(relayed_as("now"));
    mend_all();
    BOOST_TEST(files.exists(relayed_as("20261122T0800Z")));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_goes_to_damaged_and_stays_there) {
    std::string octets = *files.content(queued_at());
    octets[300] ^= 1;
    files.put(queued_at(), octets);
    BOOST_TEST((repair().at(0).end == End::mended));
    BOOST_TEST(*files.content("spool/damaged/" + id.text()) == octets);
    leave_all();
}

BOOST_AUTO_TEST_CASE(a_sound_file_comes_out_of_damaged) {
    move("spool/damaged/" + id.text() + ".2");
    mend_all();
    BOOST_TEST(files.exists(queued_at()));
}

BOOST_AUTO_TEST_CASE(a_held_message_goes_to_hold) {
    record(spool::Held{"why"});
    mend_all();
    BOOST_TEST(files.exists("spool/hold/" + id.text()));
}

BOOST_AUTO_TEST_CASE(a_message_in_hold_gets_a_record_of_it) {
    move("spool/hold/" + id.text());
    mend_all();
    BOOST_TEST(story("spool/hold/" + id.text()).history.is_held());
}

BOOST_AUTO_TEST_CASE(a_message_that_was_released_leaves_hold) {
    record(spool::Held{"why"});
    record(spool::Released{"root"});
    move("spool/hold/" + id.text());
    mend_all();
    BOOST_TEST(files.exists(queued_at()));
}

BOOST_AUTO_TEST_CASE(a_named_child_is_filed) {
    const auto child = spool::MessageId::derived(id, "bounce", "x");
    const spool::Head head{child, Lane::received, clock.now(), id, envelope({"alice@example.net"}, "")};
    must(must(spool::StagedChild::create(files, layout, head)).finish());
    record(spool::Child{child, "bounce", Lane::received, {}});
    mend_all();
    BOOST_TEST(files.exists(path_in_received(child)));
}

BOOST_AUTO_TEST_CASE(what_dead_runners_left_in_the_run_directory_goes) {
    files.make_directories("run/working");
    files.put("run/suspects/" + std::string(26, 'a'), "x");
    files.put("run/working/deliver.0", "-");
    mend_all();
    BOOST_TEST(files.names("run/suspects").empty());
}

BOOST_AUTO_TEST_CASE(no_message_is_removed) {
    record(spool::Removed{"root"});
    leave_all();
    BOOST_TEST(files.exists(queued_at()));
}

BOOST_AUTO_TEST_CASE(a_message_that_was_released_from_quarantine_goes_into_its_lane) {
    record(spool::Held{"From, octet 0: is missing"});
    record(spool::Released{"root"});
    must(files.rename_new(queued_at(), layout.quarantine() + "/" + id.text()));
    mend_all();
    BOOST_TEST(files.exists(queued_at()));
}

BOOST_AUTO_TEST_CASE(nothing_is_removed_from_quarantine) {
    record(spool::Removed{"root"});
    must(files.rename_new(queued_at(), layout.quarantine() + "/" + id.text()));
    leave_all();
    BOOST_TEST(files.exists(layout.quarantine() + "/" + id.text()));
}

BOOST_AUTO_TEST_CASE(two_files_of_one_message_are_left) {
    record(spool::Held{"why"});
    files.put("spool/hold/" + id.text(), *files.content(queued_at()));
    leave_all();
}

BOOST_AUTO_TEST_CASE(what_is_none_of_posterns_files_is_left) {
    files.put("spool/received/now/notes", "shopping list");
    files.put("spool/incoming/" + id.text() + ".bak", *files.content(queued_at()));
    leave_all();
}

BOOST_AUTO_TEST_CASE(a_broken_log_is_left_as_evidence) {
    record(outcome(Kind::delivered, {}));
    record(spool::Begun{"deliver"});
    std::string octets = *files.content(queued_at());
    octets.at(octets.find("\"delivered\"")) ^= 1;
    files.put(queued_at(), octets);
    leave_all();
}

BOOST_AUTO_TEST_SUITE_END()
