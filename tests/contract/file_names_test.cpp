// SPDX-License-Identifier: BSD-2-Clause
// What every FileSystem owes its callers: names, links, directories, and which error says what.
#include "contract/file_systems.hpp"
#include "sys/replace_file.hpp"

using namespace postern;
using namespace postern::test;
using sys::Access;

BOOST_AUTO_TEST_SUITE(file_names)

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

BOOST_AUTO_TEST_CASE_TEMPLATE(a_file_is_replaced_and_nothing_stays_beside_it, World, Both) {
    World world;
    BOOST_TEST(bool(sys::replace_file(world.files, world.at("a"), "one", 0660)));
    BOOST_TEST(bool(sys::replace_file(world.files, world.at("a"), "two", 0660)));
    BOOST_TEST(text_of(world, "a") == "two");
    BOOST_TEST((sorted_names(world, "") == Names{"a"}));
}

BOOST_AUTO_TEST_SUITE_END()
