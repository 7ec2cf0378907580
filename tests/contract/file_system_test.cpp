// SPDX-License-Identifier: BSD-2-Clause
// What every FileSystem owes its callers: run for PosixFiles and for MemoryFiles.
#include <algorithm>
#include <tuple>

#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"
#include "support/temporary_directory.hpp"
#include "sys/posix_files.hpp"
#include "sys/replace_file.hpp"

namespace {

using namespace postern;
using sys::Access;

struct OnDisk {
    test::TemporaryDirectory directory;
    sys::PosixFiles files;
    std::string at(const std::string& name) const { return directory.path(name); }
};

struct InMemory {
    InMemory() { files.make_directories("base"); }
    test::MemoryFiles files;
    std::string at(const std::string& name) const { return "base/" + name; }
};

using Both = std::tuple<OnDisk, InMemory>;

template <class World>
void write_file(World& world, const std::string& name, std::string_view content) {
    const auto file = world.files.create(world.at(name), 0660);
    BOOST_REQUIRE(file);
    BOOST_REQUIRE((*file)->write_at(0, content));
}

template <class World>
std::string text_of(World& world, const std::string& name) {
    const auto text = sys::read_whole_file(world.files, world.at(name));
    return text ? *text : "error: " + text.error().what();
}

template <class World>
std::vector<std::string> sorted_names(World& world, const std::string& name) {
    const auto names = world.files.list(world.at(name));
    BOOST_REQUIRE(names);
    auto sorted = *names;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

template <class T>
Fault fault_of(const Result<T>& result) {
    BOOST_REQUIRE(!result);
    return result.error().fault();
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(Fault)
BOOST_TEST_DONT_PRINT_LOG_VALUE(sys::FileKind)
BOOST_TEST_DONT_PRINT_LOG_VALUE(Names)

BOOST_AUTO_TEST_SUITE(file_system)

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_written_is_read, World, Both) {
    World world;
    write_file(world, "a", "hello");
    BOOST_TEST(text_of(world, "a") == "hello");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_name_is_created_once, World, Both) {
    World world;
    write_file(world, "a", "first");
    BOOST_TEST(fault_of(world.files.create(world.at("a"), 0660)) == Fault::exists);
    BOOST_TEST(text_of(world, "a") == "first");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_missing_is_not_found, World, Both) {
    World world;
    BOOST_TEST(fault_of(world.files.open(world.at("a"), Access::read)) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.create(world.at("no/a"), 0660)) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.unlink(world.at("a"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.info(world.at("a"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.list(world.at("a"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.open_directory(world.at("a"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.remove_directory(world.at("a"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.rename_new(world.at("a"), world.at("b"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.rename_over(world.at("a"), world.at("b"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.link(world.at("a"), world.at("b"))) == Fault::not_found);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_error_names_the_path, World, Both) {
    World world;
    const auto missing = world.files.open(world.at("missing"), Access::read);
    BOOST_REQUIRE(!missing);
    BOOST_TEST(missing.error().what().find(world.at("missing")) != std::string::npos);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_read_ends_where_the_file_ends, World, Both) {
    World world;
    write_file(world, "a", "0123456789");
    const auto file = world.files.open(world.at("a"), Access::read);
    std::string buffer(8, '-');
    BOOST_TEST(*(*file)->read_at(0, buffer) == 8u);
    BOOST_TEST(buffer == "01234567");
    BOOST_TEST(*(*file)->read_at(6, buffer) == 4u);
    BOOST_TEST(buffer.substr(0, 4) == "6789");
    BOOST_TEST(*(*file)->read_at(10, buffer) == 0u);
    BOOST_TEST(*(*file)->read_at(99, buffer) == 0u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_write_goes_where_it_is_told, World, Both) {
    World world;
    const auto file = world.files.create(world.at("a"), 0660);
    BOOST_TEST(bool((*file)->write_at(0, "aaaa")));
    BOOST_TEST(bool((*file)->write_at(2, "bb")));
    BOOST_TEST(bool((*file)->write_at(6, "c")));
    BOOST_TEST(text_of(world, "a") == std::string_view("aabb\0\0c", 7));
    BOOST_TEST((*file)->info()->size == 7u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_open_for_reading_is_not_written, World, Both) {
    World world;
    write_file(world, "a", "kept");
    const auto file = world.files.open(world.at("a"), Access::read);
    BOOST_TEST(!(*file)->write_at(0, "lost"));
    BOOST_TEST(text_of(world, "a") == "kept");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(syncs_succeed, World, Both) {
    World world;
    const auto file = world.files.create(world.at("a"), 0660);
    BOOST_TEST(bool((*file)->sync()));
    BOOST_TEST(bool((*file)->sync_data()));
    BOOST_TEST(bool(sys::sync_directory(world.files, world.at(""))));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(one_open_file_holds_the_lock, World, Both) {
    World world;
    write_file(world, "a", "");
    auto first = world.files.open(world.at("a"), Access::read_write);
    const auto second = world.files.open(world.at("a"), Access::read);
    BOOST_TEST(*(*first)->try_lock());
    BOOST_TEST(*(*first)->try_lock());
    BOOST_TEST(!*(*second)->try_lock());
    (*first).reset();
    BOOST_TEST(*(*second)->try_lock());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_lock_follows_the_file_not_the_name, World, Both) {
    World world;
    write_file(world, "a", "");
    const auto holder = world.files.open(world.at("a"), Access::read_write);
    BOOST_TEST(*(*holder)->try_lock());
    BOOST_TEST(bool(world.files.rename_new(world.at("a"), world.at("b"))));
    BOOST_TEST(!*(*world.files.open(world.at("b"), Access::read_write))->try_lock());
    write_file(world, "a", "");
    BOOST_TEST(*(*world.files.open(world.at("a"), Access::read_write))->try_lock());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rename_new_replaces_nothing, World, Both) {
    World world;
    write_file(world, "a", "from a");
    write_file(world, "b", "from b");
    BOOST_TEST(fault_of(world.files.rename_new(world.at("a"), world.at("b"))) == Fault::exists);
    BOOST_TEST(text_of(world, "b") == "from b");
    BOOST_TEST(bool(world.files.rename_new(world.at("a"), world.at("c"))));
    BOOST_TEST((sorted_names(world, "") == Names{"b", "c"}));
    BOOST_TEST(text_of(world, "c") == "from a");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rename_over_replaces, World, Both) {
    World world;
    write_file(world, "a", "from a");
    write_file(world, "b", "from b");
    const auto old = world.files.open(world.at("b"), Access::read);
    BOOST_TEST(bool(world.files.rename_over(world.at("a"), world.at("b"))));
    BOOST_TEST((sorted_names(world, "") == Names{"b"}));
    BOOST_TEST(text_of(world, "b") == "from a");
    BOOST_TEST((*old)->info()->links == 0u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rename_over_another_name_of_the_same_file_does_nothing, World, Both) {
    World world;
    write_file(world, "a", "text");
    BOOST_TEST(bool(world.files.link(world.at("a"), world.at("b"))));
    BOOST_TEST(bool(world.files.rename_over(world.at("a"), world.at("b"))));
    BOOST_TEST((sorted_names(world, "") == Names{"a", "b"}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rename_goes_from_directory_to_directory, World, Both) {
    World world;
    BOOST_TEST(bool(world.files.make_directory(world.at("d"), 0770)));
    write_file(world, "a", "text");
    BOOST_TEST(bool(world.files.rename_new(world.at("a"), world.at("d/a"))));
    BOOST_TEST((sorted_names(world, "") == Names{"d"}));
    BOOST_TEST((sorted_names(world, "d") == Names{"a"}));
    BOOST_TEST(fault_of(world.files.rename_new(world.at("d/a"), world.at("no/a"))) == Fault::not_found);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_link_is_another_name, World, Both) {
    World world;
    write_file(world, "a", "text");
    BOOST_TEST(bool(world.files.link(world.at("a"), world.at("b"))));
    BOOST_TEST(fault_of(world.files.link(world.at("a"), world.at("b"))) == Fault::exists);
    const auto a = world.files.info(world.at("a")), b = world.files.info(world.at("b"));
    BOOST_TEST(a->inode == b->inode);
    BOOST_TEST(a->links == 2u);
    BOOST_TEST(bool(world.files.unlink(world.at("a"))));
    BOOST_TEST(world.files.info(world.at("b"))->links == 1u);
    BOOST_TEST(text_of(world, "b") == "text");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_unlinked_file_lives_while_it_is_open, World, Both) {
    World world;
    const auto file = world.files.create(world.at("a"), 0660);
    BOOST_TEST(bool(world.files.unlink(world.at("a"))));
    BOOST_TEST(bool((*file)->write_at(0, "still")));
    BOOST_TEST((*file)->info()->links == 0u);
    BOOST_TEST((*file)->info()->size == 5u);
    BOOST_TEST(sorted_names(world, "").empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_new_file_is_another_inode, World, Both) {
    World world;
    const auto old = world.files.create(world.at("a"), 0660);
    BOOST_TEST(bool(world.files.unlink(world.at("a"))));
    write_file(world, "a", "");
    BOOST_TEST((*old)->info()->inode != world.files.info(world.at("a"))->inode);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(directories_come_and_go, World, Both) {
    World world;
    BOOST_TEST(bool(world.files.make_directory(world.at("d"), 0770)));
    BOOST_TEST(fault_of(world.files.make_directory(world.at("d"), 0770)) == Fault::exists);
    BOOST_TEST(world.files.info(world.at("d"))->kind == sys::FileKind::directory);
    write_file(world, "d/a", "");
    BOOST_TEST(fault_of(world.files.remove_directory(world.at("d"))) == Fault::exists);
    BOOST_TEST(bool(world.files.unlink(world.at("d/a"))));
    BOOST_TEST(bool(world.files.remove_directory(world.at("d"))));
    BOOST_TEST(sorted_names(world, "").empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_file_is_no_directory, World, Both) {
    World world;
    write_file(world, "a", "");
    BOOST_TEST(world.files.info(world.at("a"))->kind == sys::FileKind::regular);
    BOOST_TEST(fault_of(world.files.list(world.at("a"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.open_directory(world.at("a"))) == Fault::not_found);
    BOOST_TEST(fault_of(world.files.remove_directory(world.at("a"))) == Fault::not_found);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_directory_is_no_file, World, Both) {
    World world;
    BOOST_TEST(bool(world.files.make_directory(world.at("d"), 0770)));
    BOOST_TEST(!sys::read_whole_file(world.files, world.at("d")));
    BOOST_TEST(!world.files.unlink(world.at("d")));
    BOOST_TEST(!world.files.open(world.at("d"), Access::read_write));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_file_over_the_limit_is_not_read, World, Both) {
    World world;
    write_file(world, "a", std::string(10'000, 'x'));
    BOOST_TEST(sys::read_whole_file(world.files, world.at("a"), 10'000)->size() == 10'000u);
    BOOST_TEST(fault_of(sys::read_whole_file(world.files, world.at("a"), 9'999)) == Fault::configuration);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_file_is_replaced_and_nothing_stays_beside_it, World, Both) {
    World world;
    BOOST_TEST(bool(sys::replace_file(world.files, world.at("a"), "one", 0660)));
    BOOST_TEST(bool(sys::replace_file(world.files, world.at("a"), "two", 0660)));
    BOOST_TEST(text_of(world, "a") == "two");
    BOOST_TEST((sorted_names(world, "") == Names{"a"}));
}

BOOST_AUTO_TEST_SUITE_END()
