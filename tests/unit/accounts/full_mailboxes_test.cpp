// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/full_mailboxes.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"

using namespace postern;
using accounts::Mailbox;
using accounts::Shortage;

namespace full_mailboxes_tests {

const Mailbox kAlice{"example.org", "alice"};

struct Flags {
    Flags() { files.make_directories("state"); }
    test::MemoryFiles files;
    accounts::FullMailboxes full{files, "state"};
};

}  // namespace full_mailboxes_tests

BOOST_FIXTURE_TEST_SUITE(full_mailboxes_tests, full_mailboxes_tests::Flags)

BOOST_AUTO_TEST_CASE(nobody_is_full_at_first) {
    BOOST_TEST(!full.find(kAlice)->has_value());
    BOOST_TEST(full.list()->empty());
    BOOST_TEST(bool(full.forget(kAlice)));
}

BOOST_AUTO_TEST_CASE(what_is_noted_is_found_until_it_is_forgotten) {
    BOOST_REQUIRE(full.note(kAlice, {100, 5'000'000'000}));
    BOOST_TEST((full.find(kAlice)->value() == Shortage{100, 5'000'000'000}));
    BOOST_TEST((*full.list() == std::vector<Mailbox>{kAlice}));
    BOOST_REQUIRE(full.note(kAlice, {50, 60}));
    BOOST_TEST((full.find(kAlice)->value() == Shortage{50, 60}));
    BOOST_REQUIRE(full.forget(kAlice));
    BOOST_TEST(!full.find(kAlice)->has_value());
}

BOOST_AUTO_TEST_CASE(names_are_those_of_the_userland) {
    const Mailbox doe{"example.org", "john%20doe%40home"};
    BOOST_REQUIRE(full.note(doe, {1, 2}));
    BOOST_TEST(files.exists("state/over-quota/john%20doe%40home@example.org"));
    BOOST_TEST((*full.list() == std::vector<Mailbox>{doe}));
}

BOOST_AUTO_TEST_CASE(what_is_known_already_is_not_written_again) {
    BOOST_REQUIRE(full.note(kAlice, {1, 2}));
    files.forget_calls();
    BOOST_REQUIRE(full.note(kAlice, {1, 2}));
    BOOST_TEST(files.syncs() == 0u);
}

BOOST_AUTO_TEST_CASE(a_flag_that_is_empty_or_damaged_says_that_nothing_is_left) {
    for (const char* text : {"", "x", "12", "12 ", "12 x"}) {
        files.put("state/over-quota/alice@example.org", text);
        BOOST_TEST((full.find(kAlice)->value() == Shortage{0, 0}), text);
    }
}

BOOST_AUTO_TEST_CASE(there_is_room_for_what_is_said_to_fit) {
    BOOST_TEST(*full.have_room(kAlice, 0));
    BOOST_REQUIRE(full.note(kAlice, {100, 200}));
    BOOST_TEST(*full.have_room(kAlice, 100));
    BOOST_TEST(!*full.have_room(kAlice, 101));
    BOOST_TEST(!*full.have_room(kAlice, 0));
    BOOST_REQUIRE(full.note(kAlice, {0, 1}));
    BOOST_TEST(!*full.have_room(kAlice, 1));
}

BOOST_AUTO_TEST_CASE(a_flag_that_cannot_be_read_is_trouble) {
    files.put("state/over-quota/alice@example.org", "1 2\n");
    files.fail_on("state/over-quota/alice@example.org", EACCES);
    BOOST_TEST(full.have_room(kAlice, 1).failed_with(Fault::no_permission));
}

BOOST_AUTO_TEST_SUITE_END()
