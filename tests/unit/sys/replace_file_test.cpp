// SPDX-License-Identifier: BSD-2-Clause
#include "sys/replace_file.hpp"

#include <thread>

#include <boost/test/unit_test.hpp>

#include "support/child_process.hpp"
#include "support/memory_files.hpp"
#include "support/temporary_directory.hpp"
#include "sys/posix_files.hpp"

using namespace postern;
using namespace std::chrono_literals;
using sys::EditLock;

namespace replace_file {

constexpr int kRounds = 10;

/// Adds one to the number in the file, many times, under the lock: 0 when all went well.
int count_up(const test::TemporaryDirectory& directory) {
    sys::PosixFiles files;
    for (int round = 0; round < kRounds; ++round) {
        const auto lock = EditLock::acquire(files, directory.path(".lock"), 10s);
        const auto text = sys::read_whole_file(files, directory.path("number"));
        if (!lock || !text) return 1;
        const std::string next = std::to_string(std::stoi(*text) + 1);
        if (!sys::replace_file(files, directory.path("number"), next, 0660)) return 2;
    }
    return 0;
}

}  // namespace replace_file

BOOST_AUTO_TEST_SUITE(replace_file)

BOOST_AUTO_TEST_CASE(whatever_fails_the_file_is_old_or_new_and_never_between) {
    bool reached = true;
    for (std::size_t step = 1; reached; ++step) {
        BOOST_TEST_CONTEXT("failing file operation " << step) {
            test::MemoryFiles files;
            files.put("root/config.json", "old");
            files.fail_operation(step);
            const auto replaced = sys::replace_file(files, "root/config.json", "new content", 0660);
            reached = files.fault_was_reached();
            files.crash();
            const std::string left = files.content("root/config.json").value_or("missing");
            BOOST_TEST((left == "old" || left == "new content"));
            if (replaced) BOOST_TEST(left == "new content");
            BOOST_TEST(bool(sys::replace_file(files, "root/config.json", "newest", 0660)));
            BOOST_TEST(*files.content("root/config.json") == "newest");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_failure_leaves_nothing_beside_the_file) {
    test::MemoryFiles files;
    files.put("root/config.json", "old");
    files.fail_operation(3);
    BOOST_TEST(!sys::replace_file(files, "root/config.json", "new", 0660));
    BOOST_TEST((files.names("root") == std::vector<std::string>{"config.json"}));
}

BOOST_AUTO_TEST_CASE(it_is_written_synced_renamed_and_synced) {
    test::MemoryFiles files;
    files.make_directories("root");
    BOOST_TEST(bool(sys::replace_file(files, "root/a", "new", 0660)));
    BOOST_TEST(files.count_of("sync") == 1u);
    BOOST_TEST(files.count_of("sync_directory") == 1u);
    files.crash();
    BOOST_TEST(*files.content("root/a") == "new");
}

BOOST_AUTO_TEST_CASE(a_removal_is_durable) {
    test::MemoryFiles files;
    files.put("root/a", "x");
    BOOST_TEST(bool(sys::remove_file(files, "root/a")));
    files.crash();
    BOOST_TEST(!files.exists("root/a"));
    BOOST_TEST(sys::remove_file(files, "root/a").failed_with(Fault::not_found));
}

BOOST_AUTO_TEST_CASE(the_lock_makes_others_wait_and_then_give_up) {
    const test::TemporaryDirectory directory;
    sys::PosixFiles files;
    const auto held = EditLock::acquire(files, directory.path(".lock"), 0ms);
    BOOST_TEST(bool(held));
    const auto refused = EditLock::acquire(files, directory.path(".lock"), 1ms);
    BOOST_TEST(refused.failed_with(Fault::temporary));
}

BOOST_AUTO_TEST_CASE(the_lock_ends_with_its_holder) {
    const test::TemporaryDirectory directory;
    sys::PosixFiles files;
    { const auto held = EditLock::acquire(files, directory.path(".lock"), 0ms); }
    BOOST_TEST(bool(EditLock::acquire(files, directory.path(".lock"), 0ms)));
}

BOOST_AUTO_TEST_CASE(two_writers_lose_nothing) {
    const test::TemporaryDirectory directory;
    sys::PosixFiles files;
    BOOST_REQUIRE(sys::replace_file(files, directory.path("number"), "0", 0660));
    const auto run = [&] { return test::status_of_child([&] { return count_up(directory); }); };
    int status_of_other = -1;
    std::thread other([&] { status_of_other = run(); });
    BOOST_TEST(run() == 0);
    other.join();
    BOOST_TEST(status_of_other == 0);
    BOOST_TEST(*sys::read_whole_file(files, directory.path("number")) == std::to_string(2 * kRounds));
}

BOOST_AUTO_TEST_SUITE_END()
