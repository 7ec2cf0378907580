// SPDX-License-Identifier: BSD-2-Clause
#include "support/memory_files.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using test::MemoryFiles;

namespace memory_files {

std::unique_ptr<sys::File> create(MemoryFiles& files, const std::string& path, std::string_view content) {
    auto file = files.create(path, 0660);
    BOOST_REQUIRE(file);
    BOOST_REQUIRE((*file)->write_at(0, content));
    return *std::move(file);
}

void sync(MemoryFiles& files, const std::string& directory) {
    BOOST_REQUIRE(sys::sync_directory(files, directory));
}

MemoryFiles& with_directories(MemoryFiles& files) {
    files.make_directories("a");
    files.make_directories("b");
    return files;
}

}  // namespace memory_files

// What a failure sweep relies on; that it is a file system is held by tests/contract.
BOOST_AUTO_TEST_SUITE(memory_files)

BOOST_AUTO_TEST_CASE(what_was_not_synced_does_not_survive_a_crash) {
    MemoryFiles files;
    const auto synced = create(with_directories(files), "a/both", "content");
    BOOST_TEST(bool(synced->sync()));
    const auto only_named = create(files, "a/only_named", "content");
    sync(files, "a");
    const auto only_content = create(files, "a/only_content", "content");
    BOOST_TEST(bool(only_content->sync()));
    files.crash();
    const std::map<std::string, std::string> expected{{"a/both", "content"}, {"a/only_named", ""}};
    BOOST_TEST((files.all_files() == expected));
}

BOOST_AUTO_TEST_CASE(a_later_write_is_lost_alone) {
    MemoryFiles files;
    files.put("a/file", "old");
    const auto file = files.open("a/file", sys::Access::read_write);
    BOOST_TEST(bool((*file)->write_at(3, "+synced")));
    BOOST_TEST(bool((*file)->sync_data()));
    BOOST_TEST(bool((*file)->write_at(0, "new")));
    BOOST_TEST(*files.content("a/file") == "new+synced");
    files.crash();
    BOOST_TEST(*files.content("a/file") == "old+synced");
}

BOOST_AUTO_TEST_CASE(a_rename_is_durable_as_a_whole_by_either_directory) {
    for (const std::string synced : {"a", "b"}) {
        MemoryFiles files;
        with_directories(files).put("a/file", "content");
        BOOST_TEST(bool(files.rename_new("a/file", "b/file")));
        sync(files, synced);
        files.crash();
        BOOST_TEST(!files.exists("a/file"));
        BOOST_TEST(*files.content("b/file") == "content");
    }
}

BOOST_AUTO_TEST_CASE(a_rename_that_nobody_synced_is_undone) {
    MemoryFiles files;
    with_directories(files).put("a/file", "content");
    BOOST_TEST(bool(files.rename_new("a/file", "b/file")));
    files.crash();
    BOOST_TEST(!files.exists("b/file"));
    BOOST_TEST(*files.content("a/file") == "content");
}

BOOST_AUTO_TEST_CASE(a_synced_rename_does_not_bring_its_old_name_back) {
    MemoryFiles files;
    const auto file = create(with_directories(files), "a/file", "content");
    BOOST_TEST(bool(file->sync()));
    BOOST_TEST(bool(files.rename_new("a/file", "b/file")));
    sync(files, "b");
    sync(files, "a");
    files.crash();
    BOOST_TEST(!files.exists("a/file"));
    BOOST_TEST(*files.content("b/file") == "content");
}

BOOST_AUTO_TEST_CASE(unlinked_names_come_back_unless_synced) {
    MemoryFiles files;
    files.put("a/gone", "x");
    files.put("a/back", "y");
    BOOST_TEST(bool(files.unlink("a/gone")));
    sync(files, "a");
    BOOST_TEST(bool(files.unlink("a/back")));
    files.crash();
    BOOST_TEST((files.names("a") == std::vector<std::string>{"back"}));
    BOOST_TEST(files.info("a/back")->links == 1u);
}

BOOST_AUTO_TEST_CASE(a_new_directory_needs_its_parent_synced) {
    MemoryFiles files;
    files.make_directories("a");
    BOOST_TEST(bool(files.make_directory("a/lost", 0770)));
    const auto file = create(files, "a/lost/file", "x");
    BOOST_TEST(bool(file->sync()));
    sync(files, "a/lost");
    files.crash();
    BOOST_TEST(!files.exists("a/lost"));
}

BOOST_AUTO_TEST_CASE(a_crash_ends_locks_and_a_restart_loses_nothing_else) {
    MemoryFiles files;
    files.put("a/file", "x");
    const auto holder = files.open("a/file", sys::Access::read_write);
    BOOST_TEST(*(*holder)->try_lock());
    BOOST_TEST(bool((*holder)->write_at(0, "y")));
    files.restart();
    const auto next = files.open("a/file", sys::Access::read_write);
    BOOST_TEST(*(*next)->try_lock());
    BOOST_TEST(*files.content("a/file") == "y");
    files.crash();
    BOOST_TEST(*(*files.open("a/file", sys::Access::read_write))->try_lock());
    BOOST_TEST(*files.content("a/file") == "x");
}

BOOST_AUTO_TEST_CASE(the_nth_operation_fails_and_only_that) {
    MemoryFiles files;
    files.make_directories("a");
    files.fail_operation(2, ENOSPC);
    BOOST_TEST(bool(files.make_directory("a/1", 0770)));
    BOOST_TEST(!files.fault_was_reached());
    BOOST_TEST(files.make_directory("a/2", 0770).failed_with(Fault::no_space));
    BOOST_TEST(files.fault_was_reached());
    BOOST_TEST(bool(files.make_directory("a/3", 0770)));
    BOOST_TEST((files.names("a") == std::vector<std::string>{"1", "3"}));
}

BOOST_AUTO_TEST_CASE(a_failed_write_leaves_half) {
    MemoryFiles files;
    files.put("a/file", "");
    const auto file = files.open("a/file", sys::Access::read_write);
    files.fail_operation(1);
    BOOST_TEST(!(*file)->write_at(0, "12345678"));
    BOOST_TEST(*files.content("a/file") == "1234");
}

BOOST_AUTO_TEST_CASE(a_failed_sync_makes_nothing_durable) {
    MemoryFiles files;
    const auto file = create(with_directories(files), "a/file", "x");
    files.fail_operation(1);
    BOOST_TEST(!file->sync());
    const auto directory = files.open_directory("a");
    files.fail_operation(1);
    BOOST_TEST(!(*directory)->sync());
    files.crash();
    BOOST_TEST(files.names("a").empty());
}

BOOST_AUTO_TEST_CASE(from_there_on_everything_fails_until_restart) {
    MemoryFiles files;
    files.make_directories("a");
    files.fail_from(2);
    BOOST_TEST(bool(files.make_directory("a/1", 0770)));
    BOOST_TEST(!files.make_directory("a/2", 0770));
    BOOST_TEST(!files.make_directory("a/3", 0770));
    files.restart();
    BOOST_TEST(bool(files.make_directory("a/4", 0770)));
}

BOOST_AUTO_TEST_CASE(a_path_can_be_made_to_fail) {
    MemoryFiles files;
    files.put("a/secret", "x");
    files.fail_on("a/secret", EACCES);
    BOOST_TEST(files.open("a/secret", sys::Access::read).failed_with(Fault::no_permission));
    BOOST_TEST(bool(files.list("a")));
}

BOOST_AUTO_TEST_CASE(calls_are_recorded_and_syncs_counted) {
    MemoryFiles files;
    const auto file = create(with_directories(files), "a/x", "1");
    BOOST_TEST(bool(file->sync()));
    BOOST_TEST(bool(file->sync_data()));
    sync(files, "a");
    BOOST_TEST(bool(files.rename_new("a/x", "b/x")));
    BOOST_TEST(files.syncs() == 3u);
    BOOST_TEST(files.count_of("sync") == 1u);
    BOOST_TEST(files.calls().back() == "rename_new a/x b/x");
}

BOOST_AUTO_TEST_SUITE_END()
