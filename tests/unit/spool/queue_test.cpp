// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/unit_test.hpp>

#include "spool/lane_listing.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using namespace postern::spool;
using test::MemorySpool;

namespace queue_tests {

constexpr std::chrono::milliseconds kNoPatience{0};
const std::string kId = "aaaaaaaaaaaaaaaaaaaaaaaaa";  // one letter is to be added

struct QueuedMessage {
    QueuedMessage() : id(test::must(spool.queue(spool.envelope({"bob@example.org"}), "x\r\n"))) {}

    /// Out of now/, with a record of why.
    void put_off_until(Minute minute, const std::string& name) {
        Message message = spool.claim(spool.queued().front());
        test::must(message.append(
            {spool.clock.now(), Outcome{Outcome::Kind::deferred, {0}, "4.0.0", "", "", "", Instant(minute)}},
            Durability::synced));
        test::must(message.move_to(spool.layout.minute(Lane::relay, minute), name));
    }
    Status retry() { return spool::retry(spool.files, spool.layout, id, spool.clock.now(), kNoPatience); }

    MemorySpool spool;
    MessageId id;
};

}  // namespace queue_tests

BOOST_AUTO_TEST_SUITE(queue_tests)

BOOST_AUTO_TEST_CASE(all_mail_is_listed_from_names_alone) {
    MemorySpool spool;
    for (const std::string& path :
         {"received/now/" + kId + "a", "relay/20300101T0000Z/3." + kId + "b@example.org",
          "hold/5." + kId + "c@+", "hold/" + kId + "d", "damaged/" + kId + "e", "damaged/" + kId + "f.2",
          "incoming/" + kId + "g", std::string("received/now/notes"), "relay/now/" + kId + "h"})
        spool.files.put("spool/" + path, "no spool file");
    std::vector<std::string> seen;
    for (const QueuedFile& file : test::must(list_all(spool.files, spool.layout)))
        seen.push_back(std::string(to_string(file.place)) + " " + file.id.text().back() + " " +
                       std::to_string(file.priority) + " " + file.domain + " " +
                       (file.due ? format_minute(*file.due) : "-"));
    const std::vector<std::string> expected = {"received a 5  -", "relay b 3 example.org 20300101T0000Z",
                                               "hold c 5 + -",    "hold d 5  -",
                                               "damaged e 5  -",  "damaged f 5  -"};
    BOOST_TEST(seen == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_message_is_read_while_a_runner_works_on_it, QueuedMessage) {
    Message runner = spool.claim(spool.path_in_received(id));
    test::must(runner.append({spool.clock.now(), Begun{"deliver"}}, Durability::not_synced));
    const auto story = test::must(read_message(spool.files, spool.path_in_received(id)));
    BOOST_TEST(story.log.size() == 1u);
    BOOST_TEST(story.content_size == 3u);
    BOOST_TEST(story.envelope.recipients.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_is_gone_or_damaged_says_so, QueuedMessage) {
    BOOST_TEST(read_message(spool.files, "spool/nowhere").failed_with(Fault::not_found));
    spool.files.put("spool/bad", "garbage");
    BOOST_TEST(read_message(spool.files, "spool/bad").failed_with(Fault::permanent));
}

BOOST_FIXTURE_TEST_CASE(a_retry_brings_waiting_mail_to_now, QueuedMessage) {
    put_off_until(*parse_minute("20300101T0000Z"), "5." + id.text() + "@example.org");
    BOOST_TEST(list_due(spool.files, spool.layout, Lane::relay, spool.clock.now())->empty());
    test::must(retry());
    const auto due = test::must(list_due(spool.files, spool.layout, Lane::relay, spool.clock.now()));
    BOOST_REQUIRE(due.size() == 1u);
    BOOST_TEST(due[0].directory == "spool/relay/now");
    BOOST_TEST(spool.claim(due[0].path()).history().ready(spool.clock.now()).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_retry_ends_a_hold, QueuedMessage) {
    {
        Message message = spool.claim(spool.path_in_received(id));
        test::must(message.append({spool.clock.now(), Held{"why"}}, Durability::synced));
        test::must(message.move_to(spool.layout.hold(), id.text()));
    }
    test::must(retry());
    BOOST_TEST(!spool.claim(spool.path_in_received(id)).history().is_held());
}

BOOST_FIXTURE_TEST_CASE(a_retry_waits_for_a_runner_only_so_long, QueuedMessage) {
    const Message runner = spool.claim(spool.path_in_received(id));
    BOOST_TEST(retry().failed_with(Fault::temporary));
}

BOOST_FIXTURE_TEST_CASE(there_is_no_retry_of_what_is_not_there_or_damaged, QueuedMessage) {
    const auto other = *MessageId::parse(kId + "z");
    BOOST_TEST(spool::retry(spool.files, spool.layout, other, spool.clock.now(), kNoPatience)
                   .failed_with(Fault::not_found));
    spool.files.put("spool/damaged/" + other.text(), "garbage");
    BOOST_TEST(spool::retry(spool.files, spool.layout, other, spool.clock.now(), kNoPatience)
                   .failed_with(Fault::permanent));
}

BOOST_FIXTURE_TEST_CASE(a_failed_retry_loses_nothing, QueuedMessage) {
    bool reached = true;
    for (std::size_t step = 1; reached; ++step) {
        BOOST_TEST_CONTEXT("failing file operation " << step) {
            QueuedMessage queued;
            queued.put_off_until(*parse_minute("20300101T0000Z"), "5." + queued.id.text() + "@example.org");
            queued.spool.files.fail_from(step);
            const bool is_done = bool(queued.retry());
            reached = queued.spool.files.fault_was_reached();
            queued.spool.files.crash();
            BOOST_TEST(queued.spool.queued().size() == 1u);
            const auto story = test::must(read_message(queued.spool.files, queued.spool.queued().front()));
            if (is_done) BOOST_TEST(story.history.ready(queued.spool.clock.now()).size() == 1u);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
