// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/unit_test.hpp>

#include "support/forwarding_files.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using namespace postern::spool;
using test::MemorySpool;

namespace claim_tests {

struct QueuedMessage {
    QueuedMessage()
        : id(test::must(spool.queue(spool.envelope({"bob@example.org"}), "one\r\ntwo\r\n"))),
          path(spool.path_in_received(id)) {}

    NotClaimed::Why why_not(const std::string& at) {
        const auto claimed = test::must(Message::claim(spool.files, at));
        return std::get<NotClaimed>(claimed).why;
    }
    std::size_t records() { return test::must(read_message(spool.files, path)).log.size(); }
    std::string newest_event() {
        const std::string octets = *spool.files.content(path);
        const auto start = octets.rfind("\"event\":\"") + 9;
        return octets.substr(start, octets.find('"', start) - start);
    }

    MemorySpool spool;
    MessageId id;
    std::string path;
    const Instant now = spool.clock.now();
};

}  // namespace claim_tests

BOOST_FIXTURE_TEST_SUITE(claim_tests, claim_tests::QueuedMessage)

BOOST_AUTO_TEST_CASE(a_claimed_message_is_nobody_elses_until_it_is_let_go) {
    {
        const Message mine = spool.claim(path);
        BOOST_TEST(mine.id().text() == id.text());
        BOOST_TEST((why_not(path) == NotClaimed::Why::locked));
    }
    spool.claim(path);
}

BOOST_AUTO_TEST_CASE(a_file_that_was_renamed_before_the_lock_is_gone) {
    struct : test::ForwardingFiles {
        using ForwardingFiles::ForwardingFiles;
        Result<std::unique_ptr<sys::File>> open(const std::string& name, sys::Access access) override {
            auto file = files_.open(name, access);
            (void)files_.rename_new(name, name + ".moved");
            if (replaced) (void)files_.create(name, 0600);  // another file of this name
            return file;
        }
        bool replaced = false;
    } files(spool.files);
    for (const bool replaced : {false, true}) {
        files.replaced = replaced;
        const auto claimed = test::must(Message::claim(files, path));
        BOOST_TEST((std::get<NotClaimed>(claimed).why == NotClaimed::Why::gone));
        (void)spool.files.rename_over(path + ".moved", path);
    }
    BOOST_TEST((why_not(path + ".nowhere") == NotClaimed::Why::gone));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_left_where_it_is) {
    std::string octets = *spool.files.content(path);
    octets[200] ^= 1;
    spool.files.put(path, octets);
    BOOST_TEST((why_not(path) == NotClaimed::Why::damaged));
    BOOST_TEST(*spool.files.content(path) == octets);
}

BOOST_AUTO_TEST_CASE(content_is_read_from_anywhere_and_ends_where_it_ends) {
    const Message message = spool.claim(path);
    std::string buffer(4, '\0');
    BOOST_TEST(test::must(message.read_content(5, buffer)) == 4u);
    BOOST_TEST(buffer == "two\r");
    BOOST_TEST(test::must(message.read_content(9, buffer)) == 1u);
    BOOST_TEST(test::must(message.read_content(10, buffer)) == 0u);
    BOOST_TEST(test::must(message.read_content(1000, buffer)) == 0u);
}

BOOST_AUTO_TEST_CASE(records_are_in_the_history_and_in_the_file) {
    Message message = spool.claim(path);
    test::must(message.append({now, Outcome{Outcome::Kind::delivered, {0}}}, Durability::synced));
    BOOST_TEST(message.history().is_finished());
    spool.files.crash();
    BOOST_TEST(records() == 1u);
}

BOOST_AUTO_TEST_CASE(begun_costs_no_sync_and_is_undone_by_left_but_not_by_a_crash) {
    spool.files.forget_calls();
    {
        Message message = spool.claim(path);
        test::must(message.append({now, Begun{"deliver"}}, Durability::not_synced));
        BOOST_TEST(spool.files.syncs() == 0u);
    }
    BOOST_TEST(newest_event() == "left");
    {
        Message message = spool.claim(path);
        test::must(message.append({now, Begun{"deliver"}}, Durability::not_synced));
        spool.files.fail_from(1);  // killed
    }
    spool.files.restart();
    BOOST_TEST(spool.claim(path).history().unfinished_begins() == 1u);
}

BOOST_AUTO_TEST_CASE(a_record_that_could_not_be_written_or_synced_is_none) {
    for (const std::size_t step : {1u, 2u}) {
        Message message = spool.claim(path);
        spool.files.fail_operation(step);
        BOOST_TEST(!message.append({now, Held{"why"}}, Durability::synced));
        BOOST_TEST(!message.history().is_held());
        BOOST_TEST(records() == step - 1);
        test::must(message.append({now, Retried{}}, Durability::synced));  // and the next one fits
    }
    BOOST_TEST(records() == 2u);
}

BOOST_AUTO_TEST_CASE(reserved_room_is_there_before_it_is_needed) {
    Message message = spool.claim(path);
    test::must(message.reserve_log(100));  // there is more
    BOOST_TEST(spool.files.content(path)->size() == 4096u);
    test::must(message.reserve_log(10'000));
    BOOST_TEST(spool.files.content(path)->size() == 12288u);
    BOOST_TEST(spool.content(path) == "one\r\ntwo\r\n");
    spool.files.fail_operation(1, ENOSPC);
    BOOST_TEST(!message.reserve_log(100'000));
}

BOOST_AUTO_TEST_CASE(a_minute_is_durable_before_a_file_is_in_it) {
    const std::string minute = spool.layout.minute(Lane::received, minute_not_before(now));
    Message message = spool.claim(path);
    spool.files.forget_calls();
    test::must(message.move_to(minute, id.text()));
    BOOST_TEST(message.path() == minute + "/" + id.text());
    spool.files.crash();
    BOOST_TEST(spool.files.exists(minute));
    BOOST_TEST(spool.queued().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_move_never_replaces_a_file) {
    const std::string relay = spool.layout.now(Lane::relay);
    spool.files.put(relay + "/taken", "x");
    Message message = spool.claim(path);
    BOOST_TEST(message.move_to(relay, "taken").failed_with(Fault::exists));
    BOOST_TEST(message.path() == path);
    BOOST_TEST(*spool.files.content(relay + "/taken") == "x");
}

BOOST_AUTO_TEST_CASE(a_minute_that_another_runner_removes_is_made_again) {
    struct : test::ForwardingFiles {
        using ForwardingFiles::ForwardingFiles;
        Status rename_new(const std::string& from, const std::string& to) override {
            if (++renames == 1) (void)files_.remove_directory(to.substr(0, to.rfind('/')));
            return files_.rename_new(from, to);
        }
        int renames = 0;
    } files(spool.files);
    auto claimed = test::must(Message::claim(files, path));
    const std::string minute = spool.layout.minute(Lane::received, minute_not_before(now));
    test::must(std::get<Message>(claimed).move_to(minute, id.text()));
    BOOST_TEST(files.renames == 2);
}

BOOST_AUTO_TEST_CASE(a_lane_is_synced_once_for_all_that_go_to_a_minute) {
    const std::string minute = spool.layout.minute(Lane::received, minute_not_before(now));
    Minutes minutes;
    spool.files.forget_calls();
    for (int i = 0; i < 5; ++i) {
        const auto queued = test::must(spool.queue(spool.envelope({"bob@example.org"}), "x"));
        test::must(spool.claim(spool.path_in_received(queued)).move_to(minute, queued.text(), minutes));
    }
    BOOST_TEST(
        std::ranges::count(spool.files.calls(), "sync_directory " + spool.layout.lane(Lane::received)) == 1);
}

BOOST_AUTO_TEST_CASE(a_minute_that_was_removed_is_made_durable_again) {
    const std::string minute = spool.layout.minute(Lane::received, minute_not_before(now));
    Minutes minutes;
    test::must(minutes.make(spool.files, minute));
    test::must(spool.files.remove_directory(minute));
    Message message = spool.claim(path);
    test::must(message.move_to(minute, id.text(), minutes));
    spool.files.crash();
    BOOST_TEST(spool.files.exists(minute));
    BOOST_TEST(spool.queued().size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_put_aside_gets_a_free_name) {
    spool.files.put(spool.layout.damaged() + "/" + id.text(), "x");
    BOOST_TEST(test::must(put_aside(spool.files, path, spool.layout.damaged())));
    BOOST_TEST(spool.files.exists(spool.layout.damaged() + "/" + id.text() + ".2"));
    BOOST_TEST(!test::must(put_aside(spool.files, path, spool.layout.damaged())));  // gone
}

BOOST_AUTO_TEST_SUITE_END()
