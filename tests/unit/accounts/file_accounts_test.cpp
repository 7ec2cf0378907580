// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/file_accounts.hpp"

#include <cerrno>

#include <boost/test/unit_test.hpp>

#include "userland.hpp"

using namespace postern;
using namespace postern::accounts;
using test::address;
using test::domain;

namespace file_accounts_tests {

struct Fixture : test::Userland {
    Result<Lookup> look_up(const char* text) { return FileAccounts(files, options).look_up(address(text)); }
    /// "account alice@example.org", "alias ringo@example.org alice@… …", "nobody", "error".
    std::string found(const char* text) {
        const auto lookup = look_up(text);
        if (!lookup) return "error";
        if (const auto* account = std::get_if<Account>(&*lookup))
            return "account " + account->mailbox.to_string();
        if (const auto* alias = std::get_if<Alias>(&*lookup)) {
            std::string words = "alias " + alias->name.to_string();
            for (const mail::Address& target : alias->targets) words += " " + target.to_string();
            return words;
        }
        if (const auto* pass_on = std::get_if<PassOn>(&*lookup))
            return pass_on->to ? "to " + pass_on->to->host + ":" + std::to_string(pass_on->to->port)
                               : "by MX";
        return "nobody";
    }
};

}  // namespace file_accounts_tests

BOOST_FIXTURE_TEST_SUITE(file_accounts_tests, file_accounts_tests::Fixture)

BOOST_AUTO_TEST_CASE(accounts_and_aliases_are_files) {
    BOOST_TEST(found("alice@example.org") == "account alice@example.org");
    BOOST_TEST(found("ringo@example.org") == "alias ringo@example.org alice@example.org bob@example.net");
    BOOST_TEST(found("nobody@example.org") == "nobody");
}

BOOST_AUTO_TEST_CASE(names_are_matched_without_regard_to_case) {
    BOOST_TEST(found("AliCE@Example.ORG") == "account alice@example.org");
    BOOST_TEST(found("PostMaster@example.org") == "account postmaster@example.org");
}

BOOST_AUTO_TEST_CASE(the_method_is_the_account_s_own_or_the_domain_s) {
    const auto method = [&] { return std::get<Account>(*look_up("alice@example.org")).method; };
    BOOST_TEST((method() == Method(IntoMaildir{})));
    put("domain.json", "{\"lmtp\": \"box.example:24\"}");
    BOOST_TEST((method() == Method(LmtpServer{.host = "box.example", .port = 24})));
    put("alice.account", "{\"command\": [\"/bin/take\"]}");
    BOOST_TEST((method() == Method(DeliveryCommand{{"/bin/take"}})));
    put("alice.account", "{\"lmtp\": null}");
    BOOST_TEST((method() == Method(IntoMaildir{})));
    put("alice.account", "{}");
    put("domain.json", "{\"lmtp\": \"box.example\"}");
    BOOST_TEST(found("alice@example.org") == "error");
}

BOOST_AUTO_TEST_CASE(a_tag_is_ignored_unless_the_whole_name_exists) {
    BOOST_TEST(found("alice+lists@example.org") == "account alice@example.org");
    BOOST_TEST(found("ringo+x+y@example.org") == "alias ringo@example.org alice@example.org bob@example.net");
    put("alice+lists.account", "{}");
    BOOST_TEST(found("alice+lists@example.org") == "account alice+lists@example.org");
    BOOST_TEST(found("+lists@example.org") == "nobody");
}

BOOST_AUTO_TEST_CASE(the_account_wins_over_an_alias_of_its_name) {
    put("alice.alias", "bob@example.net\n");
    BOOST_TEST(found("alice@example.org") == "account alice@example.org");
}

BOOST_AUTO_TEST_CASE(the_catch_all_comes_last) {
    put("domain.json", R"({"catch_all": "alice"})");
    BOOST_TEST(found("nobody@example.org") == "alias nobody@example.org alice@example.org");
    BOOST_TEST(found("alice+x@example.org") == "account alice@example.org");
    BOOST_TEST(found("ringo@example.org") == "alias ringo@example.org alice@example.org bob@example.net");
}

BOOST_AUTO_TEST_CASE(an_account_or_alias_beside_a_list_is_its_owner) {
    const auto owner = [&](const char* list) {
        const auto lookup = look_up(list);
        if (!lookup) return std::string("error");
        const auto& of = std::get<Alias>(*lookup).owner;
        return of ? of->to_string() : std::string("none");
    };
    BOOST_TEST(owner("ringo@example.org") == "none");
    put("owner-ringo.alias", "alice\n");
    BOOST_TEST(owner("ringo@example.org") == "owner-ringo@example.org");
    BOOST_TEST(owner("RINGO+tag@example.org") == "owner-ringo@example.org");
    put("band.alias", "alice\n");
    put("owner-band.account", "{}");
    BOOST_TEST(owner("band@example.org") == "owner-band@example.org");
    put("owner-owner-ringo.alias", "alice\n");
    BOOST_TEST(owner("owner-ringo@example.org") == "none");
    put("domain.json", R"({"catch_all": "alice"})");
    put("owner-nobody.alias", "alice\n");
    BOOST_TEST(owner("nobody@example.org") == "none");
    files.fail_on("domains/example.org/owner-band.account", EACCES);
    BOOST_TEST(owner("band@example.org") == "error");
}

BOOST_AUTO_TEST_CASE(other_names_are_passed_on) {
    put("domain.json", R"({"relay_to": {"host": "in.example.org", "port": 2525}})");
    BOOST_TEST(found("nobody@example.org") == "to in.example.org:2525");
    BOOST_TEST(found("nobody+x@example.org") == "to in.example.org:2525");
    BOOST_TEST(found("alice+x@example.org") == "account alice@example.org");
    BOOST_TEST(found("ringo@example.org") == "alias ringo@example.org alice@example.org bob@example.net");
    put("domain.json", R"({"relay_to": "mx"})");
    BOOST_TEST(found("nobody@example.org") == "by MX");
}

BOOST_AUTO_TEST_CASE(the_default_host_gets_what_the_domain_says_nothing_of) {
    options.default_host = OtherServer{"192.0.2.5", 25};
    BOOST_TEST(found("nobody@example.org") == "to 192.0.2.5:25");
    BOOST_TEST(found("alice@example.org") == "account alice@example.org");
    put("domain.json", R"({"relay_to": "mx"})");
    BOOST_TEST(found("nobody@example.org") == "by MX");
    put("domain.json", R"({"catch_all": "alice"})");
    BOOST_TEST(found("nobody@example.org") == "alias nobody@example.org alice@example.org");
    put("domain.json", "");
    BOOST_TEST(found("nobody@example.org") == "error");
}

BOOST_AUTO_TEST_CASE(a_domain_may_be_the_same_as_another) {
    files.put("domains/example.net/domain.json", R"({"same_as": "example.org"})");
    put("domain.json", R"({"catch_all": "alice"})");
    put("owner-ringo.alias", "alice\n");
    BOOST_TEST(found("Alice+x@example.net") == "account alice@example.org");
    BOOST_TEST(found("ringo@example.net") == "alias ringo@example.org alice@example.org bob@example.net");
    BOOST_TEST(std::get<Alias>(*look_up("ringo@example.net")).owner->to_string() ==
               "owner-ringo@example.org");
    BOOST_TEST(found("carol@example.net") == "alias carol@example.org alice@example.org");
    files.put("domains/example.net/carol.account", "{}");
    BOOST_TEST(found("carol@example.net") == "account carol@example.net");
    put("domain.json", "");  // says how accounts get their mail, so none is found without it
    BOOST_TEST(found("alice@example.net") == "error");
    BOOST_TEST(found("alice@example.org") == "error");
}

BOOST_AUTO_TEST_CASE(no_domain_is_the_same_as_what_is_not_there_or_is_the_same_itself) {
    const auto trouble = [&](const char* same_as) {
        files.put("domains/example.net/domain.json", std::string("{\"same_as\": \"") + same_as + "\"}");
        const auto lookup = look_up("alice@example.net");
        BOOST_REQUIRE(lookup.failed_with(Fault::configuration));
        const std::string start = "domains/example.net/domain.json: 'same_as' names";
        BOOST_TEST(lookup.error().what().starts_with(start));
        return lookup.error().what().substr(start.size());
    };
    BOOST_TEST(trouble("example.net") == " example.net, the domain itself");
    BOOST_TEST(trouble("example.com") == " example.com, which is not served here");
    files.put("domains/example.com/domain.json", R"({"same_as": "example.org"})");
    BOOST_TEST(trouble("example.com") == " example.com, which is the same as example.org itself");
    files.put("domains/example.com/domain.json", R"({"same_as": "example.net"})");
    BOOST_TEST(trouble("example.com") == " example.com, which is the same as example.net itself");
}

BOOST_AUTO_TEST_CASE(an_alias_file_has_16_mib_at_most) {
    put("large.alias", "alice\n" + std::string((16 << 20) - 6, '#'));
    BOOST_TEST(found("large@example.org") == "alias large@example.org alice@example.org");
    put("large.alias", "alice\n" + std::string((16 << 20) - 5, '#'));
    BOOST_TEST(look_up("large@example.org").failed_with(Fault::configuration));
}

BOOST_AUTO_TEST_CASE(no_name_reaches_another_path) {
    files.put("domains/evil.account", "{}");
    BOOST_TEST(found("\"../evil\"@example.org") == "nobody");
    BOOST_TEST(found("\"../example.org/alice\"@example.org") == "nobody");
    put("john%20doe.account", "{}");
    BOOST_TEST(found("\"john doe\"@example.org") == "account john%20doe@example.org");
}

BOOST_AUTO_TEST_CASE(an_address_literal_is_nobody_here) {
    BOOST_TEST(found("alice@[192.0.2.1]") == "nobody");
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_found_as_such) {
    put("alice.account", R"({"disabled": true})");
    const auto lookup = look_up("alice@example.org");
    BOOST_REQUIRE(lookup);
    BOOST_TEST(std::get<Account>(*lookup).disabled);
}

BOOST_AUTO_TEST_CASE(trouble_with_a_file_is_never_a_missing_user) {
    put("empty.account", "");
    put("blank.alias", "# nobody yet\n");
    put("broken.account", "{");
    BOOST_TEST(found("empty@example.org") == "error");
    BOOST_TEST(found("blank@example.org") == "error");
    BOOST_TEST(found("broken@example.org") == "error");
    for (const int trouble : {EACCES, EMFILE, EIO, EISDIR}) {
        files.fail_on("domains/example.org/alice.account", trouble);
        BOOST_TEST(found("alice@example.org") == "error");
        files.fail_on("domains/example.org/nobody.alias", trouble);
        BOOST_TEST(found("nobody@example.org") == "error");
        files.fail_on("domains/example.org/domain.json", trouble);
        BOOST_TEST(found("other@example.org") == "error");
        files.restart();
    }
    put("domain.json", "");
    BOOST_TEST(found("other@example.org") == "error");
}

BOOST_AUTO_TEST_CASE(a_domain_is_served_when_its_directory_is_there) {
    const FileAccounts accounts(files, options);
    BOOST_TEST(*accounts.serves(domain("EXAMPLE.org")));
    BOOST_TEST(!*accounts.serves(domain("example.net")));
}

BOOST_AUTO_TEST_CASE(a_tree_that_is_not_there_makes_no_domain_a_foreign_one) {
    options.domains_directory = "unmounted";
    BOOST_TEST(!FileAccounts(files, options).serves(domain("example.org")));
    BOOST_TEST(found("alice@example.org") == "error");
}

BOOST_AUTO_TEST_CASE(a_domain_that_is_no_directory_or_not_readable_is_an_error) {
    files.put("domains/example.net", "");
    BOOST_TEST(!FileAccounts(files, options).serves(domain("example.net")));
    files.fail_on("domains/example.org", EACCES);
    BOOST_TEST(!FileAccounts(files, options).serves(domain("example.org")));
}

BOOST_AUTO_TEST_SUITE_END()
