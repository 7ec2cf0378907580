// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/recipient_list.hpp"

#include <cerrno>

#include <boost/test/unit_test.hpp>

#include "accounts/file_accounts.hpp"
#include "userland.hpp"

using namespace postern;
using namespace postern::accounts;

namespace recipient_list_tests {

struct Fixture : test::Userland {
    Fixture() { put("domain.json", R"({"relay_to": "mx", "recipients": "list"})"); }

    void list(std::string text) { put("recipients", std::move(text)); }
    /// "yes", "no", or what is wrong.
    std::string listed(std::string_view name) {
        const auto found = is_listed(files, "domains/example.org/recipients", name);
        return found ? (*found ? "yes" : "no") : found.error().what();
    }
    /// The same through the accounts.
    std::string found(const char* text) {
        const auto lookup = FileAccounts(files, options).look_up(test::address(text));
        if (!lookup) return "error";
        return std::holds_alternative<PassOn>(*lookup)       ? "yes"
               : std::holds_alternative<NoSuchUser>(*lookup) ? "no"
                                                             : "here";
    }
};

}  // namespace recipient_list_tests

BOOST_FIXTURE_TEST_SUITE(recipient_list_tests, recipient_list_tests::Fixture)

BOOST_AUTO_TEST_CASE(a_name_stands_on_a_line_of_its_own) {
    list("# the staff\nbob\n\n  dave # since May\n\"john doe\"\nlast");
    for (const char* name : {"bob", "dave", "john doe", "last"}) BOOST_TEST(listed(name) == "yes");
    for (const char* name : {"bo", "the", "May", "\"john doe\"", "", "alice"})
        BOOST_TEST(listed(name) == "no");
}

BOOST_AUTO_TEST_CASE(case_and_tags_do_not_matter) {
    list("Bob\nlist+all\n");
    BOOST_TEST(listed("bOB") == "yes");
    BOOST_TEST(listed("bob+x") == "yes");
    BOOST_TEST(listed("list+all") == "yes");
    BOOST_TEST(listed("list") == "no");
    BOOST_TEST(listed("+bob") == "no");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_names_are_read_through_one_buffer) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "user" + std::to_string(i) + "\n";
    list(text);
    for (const char* name : {"user0", "user50000", "user99999"}) BOOST_TEST(listed(name) == "yes");
    BOOST_TEST(listed("user100000") == "no");
}

BOOST_AUTO_TEST_CASE(a_line_may_end_anywhere_in_the_buffer) {
    for (std::size_t before = 65'520; before < 65'545; ++before) {
        list("#" + std::string(before, 'x') + "\nbob\n");
        BOOST_TEST(listed("bob") ==
                   (before + 2 <= 65'536 ? "yes" : "domains/example.org/recipients:1: the line is too long"));
    }
    for (std::size_t comments = 13'100; comments < 13'112; ++comments) {
        std::string text;
        for (std::size_t i = 0; i < comments; ++i) text += "#xxx\n";
        list(text + "bob\ndave");
        BOOST_TEST(listed("bob") == "yes");
        BOOST_TEST(listed("dave") == "yes");
    }
}

BOOST_AUTO_TEST_CASE(where_the_file_may_be_at_fault_nobody_is_refused) {
    BOOST_TEST(listed("bob") == "domains/example.org/recipients does not exist, and domain.json names it");
    list("# nobody yet\n");
    BOOST_TEST(listed("bob") == "domains/example.org/recipients is empty, so there is nobody in the domain");
    list("bob\ndave@example.org\neve\n");
    BOOST_TEST(listed("bob") == "yes");
    BOOST_TEST(listed("eve") == "yes");
    BOOST_TEST(listed("dave") ==
               "domains/example.org/recipients:2: 'dave@example.org' is no local part of an address");
    files.fail_on("domains/example.org/recipients", EACCES);
    BOOST_TEST(found("bob@example.org") == "error");
}

BOOST_AUTO_TEST_CASE(who_is_not_listed_is_nobody_and_accounts_need_no_line) {
    list("bob\n");
    BOOST_TEST(found("bob@example.org") == "yes");
    BOOST_TEST(found("eve@example.org") == "no");
    BOOST_TEST(found("alice@example.org") == "here");
    BOOST_REQUIRE(files.unlink("domains/example.org/recipients"));
    BOOST_TEST(found("bob@example.org") == "error");
    BOOST_TEST(found("alice@example.org") == "here");
    put("domain.json", R"({"recipients": "list"})");
    BOOST_TEST(found("bob@example.org") == "no");
    options.default_host = OtherServer{"in.example", 25};
    list("bob\n");
    BOOST_TEST(found("bob@example.org") == "yes");
    BOOST_TEST(found("eve@example.org") == "no");
}

BOOST_AUTO_TEST_SUITE_END()
