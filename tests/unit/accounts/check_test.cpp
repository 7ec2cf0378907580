// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/check.hpp"

#include <boost/test/unit_test.hpp>

#include "userland.hpp"

using namespace postern;

namespace check_tests {

struct Fixture : test::Userland {
    std::string problems() {
        std::string lines;
        for (const std::string& problem : accounts::check(files, options).problems) lines += problem + "\n";
        return lines;
    }
};

}  // namespace check_tests

BOOST_FIXTURE_TEST_SUITE(check_tests, check_tests::Fixture)

BOOST_AUTO_TEST_CASE(a_sound_userland_has_no_problems) { BOOST_TEST(problems() == ""); }

BOOST_AUTO_TEST_CASE(every_file_is_read) {
    put("a.account", "");
    put("b.alias", "x y\n");
    put("domain.json", "{\"catchall\": 1}");
    files.put("relay-hosts", "10.0.0.1/8\n");
    const std::string found = problems();
    for (const char* file : {"a.account", "b.alias:1", "domain.json", "relay-hosts:1"})
        BOOST_TEST(found.find(file) != std::string::npos, file << " is missing in " << found);
}

BOOST_AUTO_TEST_CASE(names_that_no_look_up_asks_for_are_told) {
    put("Bob.account", "{}");
    put("notes.txt", "");
    files.make_directories("domains/Example.NET");
    BOOST_TEST(problems() ==
               "domains/Example.NET: no name of a domain; it is ignored\n"
               "domains/example.org/Bob.account: neither an account nor an alias; it is ignored\n"
               "domains/example.org/notes.txt: neither an account nor an alias; it is ignored\n");
}

BOOST_AUTO_TEST_CASE(a_delivery_command_that_is_not_there_is_told_once) {
    files.put("/usr/bin/take", "");
    put("alice.account", "{\"command\": [\"/usr/bin/take\"]}");
    put("domain.json", "{\"command\": [\"/usr/bin/tkae\", \"x\"]}");
    put("bob.account", "{}");
    put("carol.account", "{}");
    BOOST_TEST(problems() == "/usr/bin/tkae: no such program, and it is the delivery command of accounts\n");
}

BOOST_AUTO_TEST_CASE(names_that_lead_only_to_each_other_are_told) {
    put("a.alias", "b\n");
    put("b.alias", "a\n");
    put("c.account", R"({"forward": ["d"], "keep": false})");
    put("d.account", R"({"forward": ["c"], "keep": false})");
    BOOST_TEST(problems() ==
               "the aliases of a@example.org lead only to each other\n"
               "the aliases of b@example.org lead only to each other\n"
               "the aliases of c@example.org lead only to each other\n"
               "the aliases of d@example.org lead only to each other\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_several_names_lead_to_is_told_once) {
    put("a.alias", "c\n");
    put("b.alias", "c\n");
    put("c.account", "");
    BOOST_TEST(problems() ==
               "domains/example.org/c.account: must be a JSON object; without settings it reads {}\n");
}

BOOST_AUTO_TEST_CASE(a_domain_that_is_the_same_as_another_needs_nothing_of_its_own) {
    files.put("domains/example.com/domain.json", R"({"same_as": "example.org"})");
    BOOST_TEST(problems() == "");
    files.put("domains/example.com/domain.json", R"({"same_as": "example.com"})");
    BOOST_TEST(problems() ==
               "domains/example.com/domain.json: 'same_as' names example.com, the domain itself\n");
}

BOOST_AUTO_TEST_CASE(hidden_files_are_passed_over) {
    files.put("domains/.git/HEAD", "ref: refs/heads/main\n");
    put(".alice.account.123.new", "");
    BOOST_TEST(problems() == "");
}

BOOST_AUTO_TEST_CASE(a_quota_where_no_mail_is_kept_is_remarked_on_and_no_problem) {
    put("bob.account", R"({"quota": 1000000, "forward": ["bob@example.net"]})");
    put("alice.account", R"({"quota": 1000000, "forward": ["bob@example.net"], "keep": false})");
    const accounts::Findings findings = accounts::check(files, options);
    BOOST_TEST(findings.problems.empty());
    BOOST_REQUIRE(findings.remarks.size() == 1u);
    BOOST_TEST(findings.remarks[0] ==
               "domains/example.org/alice.account: the quota has no effect: no mail goes into the Maildir");
}

BOOST_AUTO_TEST_CASE(an_account_and_an_alias_of_one_name_are_told) {
    put("alice.alias", "bob@example.net\n");
    BOOST_TEST(
        problems() ==
        "domains/example.org/alice.account: there is an alias of the same name, too; the account wins, the "
        "alias is ignored\n");
}

BOOST_AUTO_TEST_CASE(targets_that_are_nobody_here_are_told) {
    put("band.alias", "alice\nnobody\nbob@example.net\n");
    put("carol.account", R"({"forward": ["nobody"]})");
    BOOST_TEST(problems() ==
               "domains/example.org/band.alias: nobody@example.org is nobody here\n"
               "domains/example.org/carol.account: nobody@example.org is nobody here\n");
}

BOOST_AUTO_TEST_CASE(a_domain_without_postmaster_is_told) {
    BOOST_REQUIRE(files.unlink("domains/example.org/postmaster.account"));
    BOOST_TEST(problems().starts_with("postmaster@example.org does not exist"));
    put("postmaster.alias", "alice\n");
    BOOST_TEST(problems() == "");
}

BOOST_AUTO_TEST_CASE(a_default_domain_that_is_not_served_is_told) {
    options.default_domain = test::domain("example.net");
    BOOST_TEST(problems().starts_with("local.default_domain is example.net, which is not served here"));
}

BOOST_AUTO_TEST_CASE(a_list_of_recipients_is_read_and_is_for_something) {
    put("domain.json", R"({"relay_to": "mx", "recipients": "list"})");
    BOOST_TEST(problems() == "domains/example.org/recipients does not exist, and domain.json names it\n");
    put("recipients", "bob\neve@example.org\n");
    BOOST_TEST(problems() ==
               "domains/example.org/recipients:2: 'eve@example.org' is no local part of an address\n");
    put("recipients", "bob\n");
    BOOST_TEST(problems() == "");
    put("domain.json", R"({"recipients": "list"})");
    BOOST_TEST(
        problems() ==
        "domains/example.org/domain.json: 'recipients' has no effect: no mail of the domain is passed on\n");
    put("domain.json", "{}");
    BOOST_TEST(problems() == "domains/example.org/recipients: domain.json does not say that it counts\n");
}

BOOST_AUTO_TEST_CASE(verify_needs_callouts_and_somebody_to_ask) {
    put("domain.json", R"({"relay_to": {"host": "in.example"}, "verify": true})");
    BOOST_TEST(
        problems() ==
        "domains/example.org/domain.json: 'verify' needs server.callouts; without it all recipients are "
        "put off\n");
    options.callouts = true;
    BOOST_TEST(problems() == "");
    put("domain.json", R"({"verify": true})");
    BOOST_TEST(
        problems() ==
        "domains/example.org/domain.json: 'verify' has no effect: no mail of the domain is passed on\n");
}

BOOST_AUTO_TEST_SUITE_END()
