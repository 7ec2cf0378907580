// SPDX-License-Identifier: BSD-2-Clause
#include "spool/check.hpp"

#include <boost/test/unit_test.hpp>

#include "spool/staged_child.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using namespace postern::spool;
using test::must;

namespace check_tests {

const std::string kOther = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
const std::string kMinute = "20300101T0000Z";

/// A spool with one message in received/now/.
struct Checked : test::MemorySpool {
    Checked() : id(must(queue(envelope({"bob@example.org", "eve@example.com"}), "x\r\n"))) {}

    std::string quarantined_at() const { return layout.quarantine() + "/" + id.text(); }
    std::string queued_at() const { return path_in_received(id); }
    std::string relay_name(const std::string& domain) const { return "5." + id.text() + "@" + domain; }
    void move(const std::string& to) {
        files.make_directories(to.substr(0, to.rfind('/')));
        must(files.rename_new(queued_at(), to));
    }
    void record(Event event) {
        must(claim(queued_at()).append({clock.now(), std::move(event)}, Durability::synced));
    }
    void record_next_try(Instant next) {
        record(Outcome{Outcome::Kind::deferred, {0, 1}, "4.0.0", "", "", "", next});
    }
    void edit(const std::string& path, std::size_t octet) {
        std::string octets = *files.content(path);
        octets.at(octet) ^= 1;
        files.put(path, octets);
    }
    Head child_head(const MessageId& child) {
        return {child, Lane::received, clock.now(), id, envelope({"alice@example.net"}, "")};
    }
    MessageId stage() {
        const auto child = MessageId::derived(id, "bounce", "x");
        must(must(StagedChild::create(files, layout, child_head(child))).finish());
        return child;
    }

    std::vector<Finding> check_with(std::function<void()> pause) {
        return must(spool::check(files, layout, {"run", clock.now(), std::move(pause)}));
    }
    /// "kind path", one a finding.
    std::vector<std::string> check() {
        std::vector<std::string> seen;
        for (const Finding& finding : check_with([] {}))
            seen.push_back(std::string(to_string(finding.kind)) + " " + finding.path);
        return seen;
    }
    void expect(const std::vector<std::string>& expected) {
        BOOST_TEST(check() == expected, boost::test_tools::per_element());
    }

    MessageId id;
};

}  // namespace check_tests

BOOST_FIXTURE_TEST_SUITE(check_tests, check_tests::Checked)

BOOST_AUTO_TEST_CASE(a_sound_spool_has_no_findings_and_stays_as_it_is) {
    record_next_try(*parse_rfc3339("2029-12-31T23:59:30Z"));
    move("spool/relay/" + kMinute + "/" + relay_name("+"));
    const auto before = files.all_files();
    expect({});
    BOOST_TEST((files.all_files() == before));
}

BOOST_AUTO_TEST_CASE(a_name_at_which_no_runner_looks) {
    move("spool/received/now/" + id.text() + ".bak");
    files.put("spool/relay/now/notes", "none of ours");
    files.put("spool/incoming/core", "");
    files.make_directories("spool/relay/later");
    expect({"illegal_name spool/incoming/core", "illegal_name spool/received/now/" + id.text() + ".bak",
            "illegal_name spool/relay/later", "illegal_name spool/relay/now/notes"});
}

BOOST_AUTO_TEST_CASE(a_name_of_the_other_lane) {
    move("spool/received/now/" + relay_name("+"));
    expect({"illegal_name spool/received/now/" + relay_name("+")});
}

BOOST_AUTO_TEST_CASE(a_name_that_line_1_contradicts) {
    move("spool/received/now/" + kOther);
    expect({"wrong_name spool/received/now/" + kOther});
}

BOOST_AUTO_TEST_CASE(a_name_that_the_open_recipients_contradict) {
    record(Outcome{Outcome::Kind::delivered, {0}});
    move("spool/relay/now/" + relay_name("+"));
    expect({"wrong_name spool/relay/now/" + relay_name("+")});
}

BOOST_AUTO_TEST_CASE(whether_a_message_goes_to_the_filter_the_settings_say) {
    move("spool/relay/now/" + relay_name("="));
    expect({});
}

BOOST_AUTO_TEST_CASE(a_minute_later_than_the_next_try_or_earlier) {
    record_next_try(clock.now() + std::chrono::hours(1));
    expect({"wrong_time " + queued_at()});
    move("spool/received/" + kMinute + "/" + id.text());
    expect({"wrong_time spool/received/" + kMinute + "/" + id.text()});
}

BOOST_AUTO_TEST_CASE(a_minute_to_come_for_what_is_due) {
    move("spool/received/" + kMinute + "/" + id.text());
    expect({"wrong_time spool/received/" + kMinute + "/" + id.text()});
    clock.set(Instant(*parse_minute(kMinute)));
    expect({});  // it is due: any minute that has come will do
}

BOOST_AUTO_TEST_CASE(a_sum_that_does_not_fit) {
    edit(queued_at(), 300);
    expect({"damaged " + queued_at()});
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_live) {
    std::string octets = *files.content(queued_at());
    octets.replace(9, 9, "\"done\"   ");
    files.put(queued_at(), octets);
    expect({"damaged " + queued_at()});
}

BOOST_AUTO_TEST_CASE(what_lies_in_damaged_is_told_whether_it_is_damaged_or_not) {
    files.put("spool/damaged/" + kOther, "garbage");
    move("spool/damaged/" + id.text() + ".2");
    expect({"damaged spool/damaged/" + kOther, "sound spool/damaged/" + id.text() + ".2"});
}

BOOST_AUTO_TEST_CASE(a_torn_record_is_no_finding) {
    record(Begun{"deliver"});
    const std::size_t end = files.content(queued_at())->find_last_not_of('\0');
    std::string octets = *files.content(queued_at());
    for (std::size_t i = end - 20; i <= end; ++i) octets[i] = '\0';
    files.put(queued_at(), octets);
    expect({});
}

BOOST_AUTO_TEST_CASE(records_behind_a_broken_one) {
    record(Outcome{Outcome::Kind::delivered, {0}});
    record(Begun{"deliver"});
    edit(queued_at(), files.content(queued_at())->find("\"delivered\""));
    expect({"broken_log " + queued_at()});
}

BOOST_AUTO_TEST_CASE(a_held_message_outside_hold_and_another_in_it) {
    record(Held{"why"});
    expect({"held_elsewhere " + queued_at()});
    move("spool/hold/" + id.text());
    expect({});
}

BOOST_AUTO_TEST_CASE(a_message_in_hold_without_a_record_of_it) {
    move("spool/hold/" + id.text());
    expect({"not_held spool/hold/" + id.text()});
}

BOOST_AUTO_TEST_CASE(a_message_that_kills_its_readers_is_not_read) {
    move("spool/hold/" + id.text());
    files.put("run/suspects/" + id.text(), "x");
    files.forget_calls();
    expect({"unread spool/hold/" + id.text()});
    for (const std::string& call : files.calls()) BOOST_TEST(!call.starts_with("read"), call);
}

BOOST_AUTO_TEST_CASE(what_is_removed_or_finished_but_there) {
    record(Removed{"root"});
    expect({"removed " + queued_at()});
    const auto finished = must(queue(envelope({"bob@example.org"}), "x\r\n"));
    must(claim(path_in_received(finished))
             .append({clock.now(), Outcome{Outcome::Kind::delivered, {0}}}, Durability::synced));
    BOOST_TEST(check().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_file_in_incoming_that_nobody_writes) {
    files.put("spool/incoming/" + kOther, "");
    expect({"abandoned spool/incoming/" + kOther});
    const auto session = must(lock_file(files, "spool/incoming/" + kOther));
    expect({});
}

BOOST_AUTO_TEST_CASE(a_staged_child_and_what_its_parent_says_of_it) {
    const auto child = stage();
    expect({"abandoned spool/staged/" + child.text()});
    BOOST_TEST(check_with([] {}).at(0).what == "a child that its parent's log does not name");
    record(Child{child, "bounce", Lane::received, {0}});
    BOOST_TEST(check_with([] {}).at(0).what == "a child that its parent's log names, not filed yet");
    must(files.unlink(queued_at()));
    BOOST_TEST(check_with([] {}).at(0).what == "a child whose parent is gone, not filed yet");
}

BOOST_AUTO_TEST_CASE(a_queued_child_that_its_parent_does_not_name) {
    const auto child = stage();
    must(files.rename_new("spool/staged/" + child.text(), path_in_received(child)));
    expect({"unnamed_child " + path_in_received(child)});
    record(Child{child, "bounce", Lane::received, {0}});
    expect({});
}

BOOST_AUTO_TEST_CASE(two_files_of_one_message) {
    files.put("spool/hold/" + id.text(), *files.content(queued_at()));
    BOOST_TEST(check().size() == 2u);  // in hold without a record, too
    BOOST_TEST(check().at(1) == "twice spool/hold/" + id.text());
}

BOOST_AUTO_TEST_CASE(what_dead_runners_left_in_the_run_directory) {
    files.put("run/working/deliver.0", id.text());
    files.put("run/suspects/" + kOther, "x");
    expect({"leftover run/suspects/" + kOther, "leftover run/working/deliver.0"});
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened) {
    files.fail_on(queued_at(), EACCES);
    expect({"unreadable " + queued_at()});
}

BOOST_AUTO_TEST_CASE(what_a_runner_mends_meanwhile_is_not_told) {
    record(Held{"why"});
    const auto found = check_with([&] { must(files.rename_new(queued_at(), "spool/hold/" + id.text())); });
    BOOST_TEST(found.empty());
}

BOOST_AUTO_TEST_CASE(what_a_runner_works_on_is_not_told) {
    record(Held{"why"});
    const auto runner = claim(queued_at());
    expect({});
}

BOOST_AUTO_TEST_CASE(nothing_is_locked_that_looks_right) {
    files.forget_calls();
    expect({});
    BOOST_TEST(files.count_of("try_lock") == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_message_in_quarantine_is_held, Checked) {
    record(Held{"From, octet 0: is missing"});
    move(quarantined_at());
    expect({});
}

BOOST_FIXTURE_TEST_CASE(one_that_was_released_there_is_found, Checked) {
    record(Held{"From, octet 0: is missing"});
    record(Released{"root"});
    move(quarantined_at());
    expect({"not_held " + quarantined_at()});
}

BOOST_AUTO_TEST_SUITE_END()
