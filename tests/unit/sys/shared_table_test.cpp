// SPDX-License-Identifier: BSD-2-Clause
#include "sys/shared_table.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "support/child_process.hpp"
#include "support/temporary_directory.hpp"

using namespace postern;

namespace shared_table_tests {

using sys::SharedTable;

constexpr SharedTable::Shape kShape{.kind = 7, .octets = 100'000};

struct Place {
    test::TemporaryDirectory folder;
    std::string path = folder.path("table");

    Result<SharedTable> open(const SharedTable::Shape& shape = kShape) const {
        return SharedTable::open(path, shape, 0600);
    }
    void put(std::size_t at, std::string_view octets) const {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(at));
        file << octets;
    }
    std::size_t files() const {
        const auto all = std::filesystem::directory_iterator(folder.path());
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }
};

bool is_zero(const SharedTable& table) {
    return std::ranges::all_of(table.octets(), [](std::byte octet) { return octet == std::byte{0}; });
}

std::atomic<std::uint64_t>& count_in(const SharedTable& table) {
    return *reinterpret_cast<std::atomic<std::uint64_t>*>(table.octets().data());
}

}  // namespace shared_table_tests

BOOST_AUTO_TEST_SUITE(shared_table_tests)

BOOST_FIXTURE_TEST_CASE(a_new_table_is_zero_and_has_its_blocks, Place) {
    const auto table = open();
    BOOST_REQUIRE(table);
    BOOST_TEST(table->octets().size() == kShape.octets);
    BOOST_TEST(is_zero(*table));
    BOOST_TEST(!table->was_damaged());
    struct stat status {};
    BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
    BOOST_TEST(static_cast<std::size_t>(status.st_blocks) * 512 >= kShape.octets);
    BOOST_TEST((status.st_mode & 0777) == 0600U);
    BOOST_TEST(files() == 1U);
}

BOOST_FIXTURE_TEST_CASE(what_one_writes_the_other_sees, Place) {
    const auto one = open(), other = open();
    BOOST_REQUIRE((one && other));
    one->octets()[kShape.octets - 1] = std::byte{42};
    BOOST_TEST((other->octets()[kShape.octets - 1] == std::byte{42}));
}

BOOST_FIXTURE_TEST_CASE(what_was_written_is_still_there_later, Place) {
    { open()->octets()[0] = std::byte{1}; }
    const auto again = open();
    BOOST_TEST((again->octets()[0] == std::byte{1}));
    BOOST_TEST(!again->was_damaged());
}

BOOST_FIXTURE_TEST_CASE(a_damaged_table_is_made_anew, Place) {
    const auto damage = [&](std::size_t at, std::string_view octets) {
        { open()->octets()[0] = std::byte{1}; }
        put(at, octets);
        const auto table = open();
        BOOST_REQUIRE(table);
        BOOST_TEST(table->was_damaged());
        BOOST_TEST(is_zero(*table));
        BOOST_TEST(!open()->was_damaged());
        BOOST_TEST(files() == 1U);
    };
    damage(0, "X");                                              // the magic
    damage(8, "\x01");                                           // the kind
    damage(16, "\x01");                                          // the size in the header
    damage(SharedTable::kHeaderOctets + kShape.octets, "more");  // the size of the file
}

BOOST_FIXTURE_TEST_CASE(a_short_or_empty_file_is_no_table, Place) {
    { std::ofstream file(path); }
    BOOST_TEST(open()->was_damaged());
    std::filesystem::resize_file(path, SharedTable::kHeaderOctets + 10);
    BOOST_TEST(open()->was_damaged());
}

BOOST_FIXTURE_TEST_CASE(another_kind_is_another_table, Place) {
    { open()->octets()[0] = std::byte{1}; }
    BOOST_TEST(open({.kind = 8, .octets = kShape.octets})->was_damaged());
}

BOOST_FIXTURE_TEST_CASE(what_is_no_file_is_an_error, Place) {
    std::filesystem::create_directory(path);
    BOOST_TEST(!open());
}

BOOST_FIXTURE_TEST_CASE(a_link_is_not_followed, Place) {
    BOOST_REQUIRE(SharedTable::open(folder.path("elsewhere"), kShape, 0600));
    std::filesystem::create_symlink(folder.path("elsewhere"), path);
    BOOST_TEST(!open());
}

BOOST_AUTO_TEST_CASE(without_its_directory_there_is_none) {
    BOOST_TEST(SharedTable::open("/nonexistent/table", kShape, 0600).failed_with(Fault::not_found));
}

BOOST_FIXTURE_TEST_CASE(without_room_nothing_is_left_behind, Place) {
    BOOST_TEST(!open({.kind = 7, .octets = std::size_t{1} << 62}));
    BOOST_TEST(files() == 0U);
}

BOOST_FIXTURE_TEST_CASE(many_that_come_first_make_one_table, Place) {
    std::vector<pid_t> children;
    for (int i = 0; i < 8; ++i) {
        children.push_back(::fork());
        if (children.back() != 0) continue;
        const auto table = open();
        if (table) count_in(*table).fetch_add(1);
        ::_exit(table && !table->was_damaged() ? 0 : 1);
    }
    for (const pid_t child : children) {
        int status = 1;
        BOOST_TEST(::waitpid(child, &status, 0) == child);
        BOOST_TEST(status == 0);
    }
    BOOST_TEST(count_in(*open()) == 8U);
    BOOST_TEST(files() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_lock_is_anothers_until_it_is_given_back, Place) {
    auto one = open(), other = open();
    BOOST_TEST(*one->try_lock(64, 32));
    BOOST_TEST(!*one->is_locked(64, 32));  // by somebody else, that is
    BOOST_TEST(*other->is_locked(64, 32));
    BOOST_TEST(!*other->try_lock(64, 32));
    BOOST_TEST(*other->try_lock(96, 32));
    BOOST_REQUIRE(one->unlock(64, 32));
    BOOST_TEST(*other->try_lock(64, 32));
}

BOOST_FIXTURE_TEST_CASE(a_lock_ends_with_its_process, Place) {
    auto table = open();
    const int status = test::status_of_child([&] {
        auto own = open();
        if (!own || !*own->try_lock(0, 32)) return 1;
        ::raise(SIGKILL);
        return 2;
    });
    BOOST_TEST(status == 128 + SIGKILL);
    BOOST_TEST(!*table->is_locked(0, 32));
}

BOOST_AUTO_TEST_SUITE_END()
