// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/editor.hpp"

#include <boost/test/unit_test.hpp>

#include "accounts/file_accounts.hpp"
#include "userland.hpp"

using namespace postern;
using namespace postern::accounts;
using test::address;
using test::domain;

namespace editor_tests {

struct Fixture : test::Userland {
    Editor editor() { return *Editor::open(files, options, ".lock"); }
    std::string text(const std::string& path) { return files.content(path).value_or("none"); }
};

bool came_to(const Result<Edited>& result, Edited expected) { return result && *result == expected; }

}  // namespace editor_tests

BOOST_FIXTURE_TEST_SUITE(editor_tests, editor_tests::Fixture)

BOOST_AUTO_TEST_CASE(a_new_account_has_a_file_and_a_hash) {
    BOOST_TEST(came_to(editor().add_account(address("Bob@example.org"), {}, "$hash"), Edited::done));
    BOOST_TEST(text("domains/example.org/bob.account") == "{}\n");
    BOOST_TEST(text("secrets/passwords/example.org/bob") == "$hash\n");
}

BOOST_AUTO_TEST_CASE(an_account_needs_a_domain_and_a_free_name) {
    BOOST_TEST(came_to(editor().add_account(address("bob@example.net"), {}, ""), Edited::no_such_domain));
    BOOST_TEST(came_to(editor().add_account(address("ALICE@example.org"), {}, ""), Edited::already_there));
    BOOST_TEST(came_to(editor().add_account(address("ringo@example.org"), {}, ""), Edited::already_there));
}

BOOST_AUTO_TEST_CASE(a_removed_account_leaves_no_password) {
    BOOST_REQUIRE(came_to(editor().set_password(address("alice@example.org"), "$hash"), Edited::done));
    BOOST_TEST(came_to(editor().remove_account(address("alice@example.org")), Edited::done));
    BOOST_TEST(!files.exists("domains/example.org/alice.account"));
    BOOST_TEST(!files.exists("secrets/passwords/example.org/alice"));
    BOOST_TEST(came_to(editor().remove_account(address("alice@example.org")), Edited::no_such_name));
    BOOST_TEST(came_to(editor().set_password(address("alice@example.org"), "$hash"), Edited::no_such_name));
}

BOOST_AUTO_TEST_CASE(another_password_takes_the_old_scram_keys_away_and_leaves_applications) {
    const auto alice = address("alice@example.org");
    const auto path = "secrets/passwords/example.org/alice";
    BOOST_REQUIRE(
        came_to(editor().set_password(alice, "$one", sasl::make_keys("one", "salt", 1)), Edited::done));
    BOOST_TEST(text(path).find("\nSCRAM-SHA-256$1:") != std::string::npos);
    const auto add_phone = [](Credentials& credentials) -> Result<Edited> {
        credentials.app_passwords.push_back({"phone", digest_of_app_password("abcd")});
        return Edited::done;
    };
    BOOST_REQUIRE(came_to(editor().change_credentials(alice, add_phone), Edited::done));
    BOOST_REQUIRE(came_to(editor().set_password(alice, "$two"), Edited::done));
    BOOST_TEST(text(path) == "$two\nphone BLAKE2b$" + digest_of_app_password("abcd") + "\n");
}

BOOST_AUTO_TEST_CASE(what_does_not_come_to_an_end_is_not_stored) {
    const auto nothing = [](Credentials& credentials) -> Result<Edited> {
        credentials.password_hash = "$hash";
        return Edited::no_such_name;
    };
    BOOST_TEST(
        came_to(editor().change_credentials(address("alice@example.org"), nothing), Edited::no_such_name));
    BOOST_TEST(text("secrets/passwords/example.org/alice") == "none");
}

BOOST_AUTO_TEST_CASE(a_domain_comes_with_its_postmaster_and_goes_with_everything) {
    BOOST_TEST(came_to(editor().add_domain(domain("example.net")), Edited::done));
    BOOST_TEST(text("domains/example.net/postmaster.account") == "{}\n");
    BOOST_TEST(came_to(editor().add_domain(domain("example.net")), Edited::already_there));
    BOOST_REQUIRE(came_to(editor().add_account(address("bob@example.net"), {}, "$hash"), Edited::done));
    BOOST_TEST(came_to(editor().remove_domain(domain("example.net")), Edited::done));
    BOOST_TEST(!files.exists("domains/example.net"));
    BOOST_TEST(!files.exists("secrets/passwords/example.net"));
    BOOST_TEST(came_to(editor().remove_domain(domain("example.net")), Edited::no_such_domain));
}

BOOST_AUTO_TEST_CASE(another_name_of_a_domain_has_its_users) {
    BOOST_TEST(came_to(editor().add_other_name(domain("example.net"), domain("example.org")), Edited::done));
    const FileAccounts accounts(files, options);
    for (const char* name : {"alice@example.net", "postmaster@example.net"}) {
        const auto found = accounts.look_up(address(name));
        BOOST_TEST((found && std::holds_alternative<Account>(*found)), name);
    }
}

BOOST_AUTO_TEST_CASE(another_name_is_a_new_one_of_a_domain_that_has_users_of_its_own) {
    const auto org = domain("example.org"), net = domain("example.net"), com = domain("example.com");
    BOOST_TEST(came_to(editor().add_other_name(net, com), Edited::no_such_domain));
    BOOST_TEST(!files.exists("domains/example.net"));
    BOOST_REQUIRE(came_to(editor().add_other_name(net, org), Edited::done));
    BOOST_TEST(came_to(editor().add_other_name(net, org), Edited::already_there));
    BOOST_TEST(editor().add_other_name(com, net).failed_with(Fault::permanent));
    BOOST_TEST(editor().add_other_name(org, org).failed_with(Fault::permanent));
    BOOST_TEST(!files.exists("domains/example.com"));
}

BOOST_AUTO_TEST_CASE(a_domain_that_lost_its_postmaster_gets_one) {
    BOOST_REQUIRE(files.unlink("domains/example.org/postmaster.account"));
    BOOST_TEST(came_to(editor().add_domain(domain("example.org")), Edited::done));
    BOOST_TEST(text("domains/example.org/postmaster.account") == "{}\n");
}

BOOST_AUTO_TEST_CASE(an_account_is_changed_if_it_is_understood_before_and_after) {
    const auto to = [](const std::string& after) {
        return [after](const std::string&, const std::string&) -> Result<std::string> { return after; };
    };
    const auto alice = address("alice@example.org");
    BOOST_TEST(came_to(editor().change_account(alice, to("{\"quota\": 5}")), Edited::done));
    BOOST_TEST(text("domains/example.org/alice.account") == "{\"quota\": 5}");
    BOOST_TEST(editor().change_account(alice, to("{\"quota\": -5}")).failed_with(Fault::configuration));
    BOOST_TEST(text("domains/example.org/alice.account") == "{\"quota\": 5}");
    put("alice.account", "{");
    BOOST_TEST(editor().change_account(alice, to("{}")).failed_with(Fault::configuration));
    BOOST_TEST(text("domains/example.org/alice.account") == "{");
    BOOST_TEST(
        came_to(editor().change_account(address("ringo@example.org"), to("{}")), Edited::no_such_name));
    BOOST_TEST(
        came_to(editor().change_account(address("alice@example.com"), to("{}")), Edited::no_such_domain));
}

BOOST_AUTO_TEST_CASE(targets_are_added_and_removed_one_by_one) {
    const auto alias = address("band@example.org");
    BOOST_TEST(came_to(editor().add_alias(alias, {address("alice@example.org"), address("bob@example.net")}),
                       Edited::done));
    BOOST_TEST(came_to(editor().add_alias(alias, {address("bob@example.net")}), Edited::already_there));
    BOOST_TEST(text("domains/example.org/band.alias") == "alice@example.org\nbob@example.net\n");
    BOOST_TEST(came_to(editor().remove_alias(alias, {address("carol@example.net")}), Edited::no_such_name));
    BOOST_TEST(came_to(editor().remove_alias(alias, {address("alice@example.org")}), Edited::done));
    BOOST_TEST(text("domains/example.org/band.alias") == "bob@example.net\n");
    BOOST_TEST(came_to(editor().remove_alias(alias, {address("bob@example.net")}), Edited::done));
    BOOST_TEST(!files.exists("domains/example.org/band.alias"));
    BOOST_TEST(came_to(editor().remove_alias(alias, {}), Edited::no_such_name));
}

BOOST_AUTO_TEST_CASE(a_line_that_is_not_understood_keeps_the_alias_as_it_is) {
    put("odd.alias", "alice\ntwo words\n");
    BOOST_TEST(editor()
                   .remove_alias(address("odd@example.org"), {address("alice@example.org")})
                   .failed_with(Fault::configuration));
    BOOST_TEST(text("domains/example.org/odd.alias") == "alice\ntwo words\n");
}

BOOST_AUTO_TEST_CASE(an_alias_of_which_only_comments_are_left_goes) {
    put("last.alias", "# a comment\nalice # the last one\n");
    BOOST_TEST(came_to(editor().remove_alias(address("last@example.org"), {address("alice@example.org")}),
                       Edited::done));
    BOOST_TEST(!files.exists("domains/example.org/last.alias"));
}

BOOST_AUTO_TEST_CASE(a_target_that_would_read_as_a_comment_is_refused) {
    for (const char* target : {"#a@example.net", "\"a #b\"@example.net"})
        BOOST_TEST(
            editor().add_alias(address("band@example.org"), {address(target)}).failed_with(Fault::permanent));
    BOOST_TEST(!files.exists("domains/example.org/band.alias"));
    BOOST_TEST(
        came_to(editor().add_alias(address("band@example.org"), {address("a#b@example.net")}), Edited::done));
}

BOOST_AUTO_TEST_CASE(a_domain_with_more_than_plain_files_stays_whole) {
    files.make_directories("domains/example.org/notes");
    BOOST_TEST(editor().remove_domain(domain("example.org")).failed_with(Fault::permanent));
    BOOST_TEST(files.exists("domains/example.org/alice.account"));
}

BOOST_AUTO_TEST_CASE(a_domain_goes_whole_or_not_at_all) {
    bool reached = true;
    for (std::size_t step = 1; reached; ++step) {
        BOOST_TEST_CONTEXT("failing file operation " << step) {
            test::Userland land;
            land.files.fail_from(step);
            {
                auto editor = Editor::open(land.files, land.options, ".lock");
                if (editor) (void)editor->remove_domain(domain("example.org"));
            }
            reached = land.files.fault_was_reached();
            land.files.restart();
            const bool there = land.files.exists("domains/example.org");
            BOOST_TEST(there == land.files.exists("domains/example.org/alice.account"));
            BOOST_TEST(there == land.files.exists("domains/example.org/ringo.alias"));
            auto again = Editor::open(land.files, land.options, ".lock");
            BOOST_REQUIRE(again);
            (void)again->add_domain(domain("example.org"));
            BOOST_TEST(came_to(again->remove_domain(domain("example.org")), Edited::done));
            BOOST_TEST(land.files.names("domains").empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(an_alias_beside_an_account_is_refused) {
    BOOST_TEST(editor()
                   .add_alias(address("alice@example.org"), {address("bob@example.net")})
                   .failed_with(Fault::exists));
}

BOOST_AUTO_TEST_CASE(relay_hosts_are_one_whatever_their_spelling) {
    files.put("relay-hosts", "# ours\n2001:DB8::1 # office\n");
    BOOST_TEST(came_to(editor().add_relay_host(*parse_relay_host("2001:db8:0::1")), Edited::already_there));
    BOOST_TEST(came_to(editor().add_relay_host(*parse_relay_host("192.0.2.0/24")), Edited::done));
    BOOST_TEST(text("relay-hosts") == "# ours\n2001:DB8::1 # office\n192.0.2.0/24\n");
    BOOST_TEST(came_to(editor().remove_relay_host(*parse_relay_host("2001:db8::1")), Edited::done));
    BOOST_TEST(text("relay-hosts") == "# ours\n192.0.2.0/24\n");
    BOOST_TEST(came_to(editor().remove_relay_host(*parse_relay_host("2001:db8::1")), Edited::no_such_name));
}

BOOST_AUTO_TEST_CASE(two_editors_do_not_work_at_once) {
    const Editor first = editor();
    const auto file = files.open(".lock", sys::Access::read_write);
    BOOST_REQUIRE(file);
    BOOST_TEST(!*(*file)->try_lock());
}

BOOST_AUTO_TEST_CASE(a_failed_step_leaves_the_old_alias_or_the_new_one) {
    bool reached = true;
    for (std::size_t step = 1; reached; ++step) {
        BOOST_TEST_CONTEXT("failing file operation " << step) {
            test::Userland land;
            const std::string path = "domains/example.org/ringo.alias";
            const std::string before = *land.files.content(path);
            land.files.fail_from(step);
            bool said_done = false;
            {
                auto editor = Editor::open(land.files, land.options, ".lock");
                if (editor)
                    said_done = came_to(
                        editor->add_alias(address("ringo@example.org"), {address("carol@example.com")}),
                        Edited::done);
            }
            reached = land.files.fault_was_reached();
            land.files.crash();
            const std::string after = land.files.content(path).value_or("none");
            BOOST_TEST((after == before || after == before + "carol@example.com\n"));
            if (said_done) BOOST_TEST(after != before);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
