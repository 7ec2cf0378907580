// SPDX-License-Identifier: BSD-2-Clause
// What every FileSystem owes its callers: content, sizes, locks.
#include "contract/file_systems.hpp"

using namespace postern;
using namespace postern::test;
using sys::Access;

BOOST_AUTO_TEST_SUITE(file_content)

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_written_is_read, World, Both) {
    World world;
    write_file(world, "a", "hello");
    BOOST_TEST(text_of(world, "a") == "hello");
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

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_appended_stands_at_the_end, World, Both) {
    World world;
    write_file(world, "a", "one\n");
    BOOST_TEST(bool(world.files.append(world.at("a"), "two\n")));
    BOOST_TEST(bool(world.files.append(world.at("a"), "three\n")));
    BOOST_TEST(text_of(world, "a") == "one\ntwo\nthree\n");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nothing_is_appended_to_what_is_not_there, World, Both) {
    World world;
    BOOST_TEST(fault_of(world.files.append(world.at("a"), "lost")) == Fault::not_found);
    BOOST_TEST(!world.files.append(world.at(""), "lost"));
    BOOST_TEST(fault_of(world.files.info(world.at("a"))) == Fault::not_found);
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

BOOST_AUTO_TEST_CASE_TEMPLATE(an_unlinked_file_lives_while_it_is_open, World, Both) {
    World world;
    const auto file = world.files.create(world.at("a"), 0660);
    BOOST_TEST(bool(world.files.unlink(world.at("a"))));
    BOOST_TEST(bool((*file)->write_at(0, "still")));
    BOOST_TEST((*file)->info()->links == 0u);
    BOOST_TEST((*file)->info()->size == 5u);
    BOOST_TEST(sorted_names(world, "").empty());
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

BOOST_AUTO_TEST_SUITE_END()
