// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/quota.hpp"

#include <chrono>
#include <functional>

#include <boost/test/unit_test.hpp>

#include "support/fake_clock.hpp"
#include "support/forwarding_files.hpp"
#include "support/memory_files.hpp"

using namespace postern;
using delivery::Use;
using namespace std::chrono_literals;

namespace quota_tests {

struct Mailbox {
    Mailbox() {
        files.set_time(clock.now());
        for (const char* directory : {"m/new", "m/cur", "m/tmp"}) files.make_directories(directory);
    }

    delivery::Quota quota(std::uint64_t octets = 1000) {
        return {files, clock, {"m", octets, "m/tmp/maildirsize.4711.1"}};
    }
    std::uint64_t room_for(std::uint64_t octets) {
        const auto room = quota().room_for(octets);
        BOOST_REQUIRE(room);
        return *room;
    }
    std::string text() const { return files.content("m/maildirsize").value_or("none"); }
    void pass_time(std::chrono::milliseconds time) {
        clock.advance(time);
        files.set_time(clock.now());
    }

    test::FakeClock clock;
    test::MemoryFiles files;
};

}  // namespace quota_tests

BOOST_FIXTURE_TEST_SUITE(quota_tests, quota_tests::Mailbox)

BOOST_AUTO_TEST_CASE(the_first_look_counts_and_keeps_what_it_found) {
    files.put("m/cur/1.a,S=300:2,S", "x");
    BOOST_TEST(room_for(1) == 700u);
    BOOST_TEST(text() == "1000S\n300 1\n");
    BOOST_TEST(files.names("m/tmp").empty());
}

BOOST_AUTO_TEST_CASE(what_comes_is_appended) {
    files.put("m/maildirsize", "1000S\n300 1\n");
    quota().add(120);
    BOOST_TEST(text() == "1000S\n300 1\n120 1\n");
    BOOST_TEST(room_for(1) == 580u);
    BOOST_TEST((*quota().use() == Use{420, 2}));
}

BOOST_AUTO_TEST_CASE(while_there_is_room_nothing_is_counted) {
    files.put("m/maildirsize", "1000S\n300 1\n");
    files.put("m/new/1.a,S=900", "x");
    files.forget_calls();
    BOOST_TEST(room_for(700) == 700u);
    BOOST_TEST(files.calls().size() == 3u);  // open info read
}

BOOST_AUTO_TEST_CASE(another_quota_is_counted_for_anew) {
    files.put("m/maildirsize", "5000S\n300 1\n");
    BOOST_TEST(room_for(1) == 1000u);
    BOOST_TEST(text() == "1000S\n0 0\n");
}

BOOST_AUTO_TEST_CASE(a_long_file_is_counted_anew) {
    std::string lines = "1000S\n";
    while (lines.size() < 5110) lines += "0 0\n";
    files.put("m/maildirsize", lines + "300 1\n");  // 5,116 octets
    BOOST_TEST(room_for(1) == 700u);
    files.put("m/maildirsize", lines + "300 00001\n");  // 5,120
    BOOST_TEST(room_for(1) == 1000u);
    BOOST_TEST(text() == "1000S\n0 0\n");
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_counted_anew) {
    files.put("m/maildirsize", "1000S\n300 1\n12");
    BOOST_TEST(room_for(1) == 1000u);
    BOOST_TEST(text() == "1000S\n0 0\n");
}

BOOST_AUTO_TEST_CASE(before_a_refusal_it_is_counted_anew_unless_it_just_was) {
    files.put("m/maildirsize", "1000S\n900 1\n50 1\n");
    BOOST_TEST(room_for(100) == 1000u);  // more lines than one
    files.put("m/maildirsize", "1000S\n950 2\n");
    BOOST_TEST(room_for(100) == 50u);  // just counted
    pass_time(15min);
    BOOST_TEST(room_for(100) == 50u);
    pass_time(1ms);
    BOOST_TEST(room_for(100) == 1000u);  // stale
}

BOOST_AUTO_TEST_CASE(what_a_reader_removes_without_telling_counts_at_once) {
    files.put("m/cur/1.a,S=950:2,S", "x");
    BOOST_TEST(room_for(100) == 50u);
    pass_time(1ms);
    BOOST_REQUIRE(files.unlink("m/cur/1.a,S=950:2,S"));
    BOOST_TEST(room_for(100) == 1000u);
}

BOOST_AUTO_TEST_CASE(more_than_the_quota_leaves_no_room) {
    files.put("m/cur/1.a,S=1200:2,S", "x");
    BOOST_TEST(room_for(1) == 0u);
}

BOOST_AUTO_TEST_CASE(a_count_during_which_something_changed_is_not_kept) {
    struct Restless : test::ForwardingFiles {
        using ForwardingFiles::ForwardingFiles;
        std::function<void()> meanwhile;
        Status rename_over(const std::string& from, const std::string& to) override {
            meanwhile();
            return files_.rename_over(from, to);
        }
    };
    Restless restless(files);
    restless.meanwhile = [&] {
        pass_time(1ms);
        files.put("m/new/1.a,S=300", "x");
    };
    delivery::Quota quota(restless, clock, {"m", 1000, "m/tmp/x"});
    BOOST_TEST(*quota.room_for(1) == 1000u);
    BOOST_TEST(text() == "none");
    BOOST_TEST(room_for(1) == 700u);
}

BOOST_AUTO_TEST_CASE(a_line_that_cannot_be_written_makes_the_next_one_count) {
    files.put("m/maildirsize", "1000S\n0 0\n");
    files.put("m/new/1.a,S=300", "x");
    files.fail_operation(1, ENOSPC);
    quota().add(300);
    BOOST_TEST(text() == "none");
    BOOST_TEST(room_for(1) == 700u);
}

BOOST_AUTO_TEST_CASE(without_a_file_nothing_is_added) {
    quota().add(300);
    BOOST_TEST(text() == "none");
}

BOOST_AUTO_TEST_CASE(a_mailbox_without_maildir_is_empty) {
    test::MemoryFiles bare;
    delivery::Quota quota(bare, clock, {"m", 1000, "m/tmp/x"});
    BOOST_TEST(*quota.room_for(1) == 1000u);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_or_replaced_is_trouble) {
    files.put("m/maildirsize", "1000S\n0 0\n");
    files.fail_on("m/maildirsize", EACCES);
    BOOST_TEST(quota().room_for(1).failed_with(Fault::no_permission));
    files.restart();
    BOOST_REQUIRE(files.unlink("m/maildirsize"));
    files.fail_on("m/tmp/maildirsize.4711.1", ENOSPC);
    BOOST_TEST(quota().room_for(1).failed_with(Fault::no_space));
}

BOOST_AUTO_TEST_SUITE_END()
