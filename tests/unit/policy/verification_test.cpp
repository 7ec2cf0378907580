// SPDX-License-Identifier: BSD-2-Clause
#include "policy/verification.hpp"

#include <boost/test/unit_test.hpp>

#include "accounts/file_accounts.hpp"
#include "support/memory_files.hpp"

using namespace postern;

namespace verification_tests {

/// A userland with example.org, a domain that is passed on, and whom VRFY and EXPN are open for.
struct Directory {
    test::MemoryFiles files;
    policy::Options options{.hostname = "mx.example.org",
                            .server_addresses = {*IpAddress::parse("192.0.2.1")},
                            .default_domain = mail::Domain::parse("example.org"),
                            .vrfy = policy::Audience::all,
                            .expn = policy::Audience::all};
    Result<bool> may_relay = false;
    bool is_authenticated = false;

    Directory() {
        files.make_directories("domains/example.org");
        files.make_directories("domains/backup.example");
        add("example.org/alice.account", "{}");
        add("example.org/closed.account", R"({"disabled": true})");
        add("example.org/staff.alias", "alice\nbob@example.net\n");
        add("example.org/postmaster.account", "{}");
        add("backup.example/domain.json", R"({"relay_to": "mx"})");
    }

    void add(const std::string& path, const std::string& content) { files.put("domains/" + path, content); }

    std::string ask(smtp::AskVerify::What what, std::string_view path) {
        const accounts::FileAccounts accounts(
            files, {.domains_directory = "domains", .passwords_directory = "", .relay_hosts_file = ""});
        const auto may = [this] { return may_relay; };
        const policy::Recipients recipients(accounts, options, may, [](const auto&, auto) { return true; });
        const policy::Verification verification(accounts, recipients, options, may,
                                                [this] { return is_authenticated; });
        const auto reply = verification.answer({what, mail::parse_forward_path(path)->path});
        return reply ? smtp::to_wire(*reply) : "trouble";
    }
    std::string vrfy(std::string_view path) { return ask(smtp::AskVerify::What::mailbox, path); }
    std::string expn(std::string_view path) { return ask(smtp::AskVerify::What::list, path); }
};

}  // namespace verification_tests

BOOST_FIXTURE_TEST_SUITE(verification_tests, verification_tests::Directory)

// RFC 5321 §3.5.1
BOOST_AUTO_TEST_CASE(a_mailbox_is_told_with_its_whole_address) {
    BOOST_TEST(vrfy("<ALICE@example.org>") == "250 2.1.5 <alice@example.org>\r\n");
    BOOST_TEST(vrfy("<alice>") == "250 2.1.5 <alice@example.org>\r\n");
    BOOST_TEST(vrfy("<alice+list@example.org>") == "250 2.1.5 <alice@example.org>\r\n");
    BOOST_TEST(vrfy("<staff>") == "250 2.1.5 <staff@example.org>\r\n");
}

BOOST_AUTO_TEST_CASE(who_is_not_here_or_takes_no_mail_is_refused) {
    BOOST_TEST(vrfy("<nobody@example.org>").starts_with("550 5.1.1"));
    BOOST_TEST(vrfy("<nobody>").starts_with("550 5.1.1"));
    BOOST_TEST(vrfy("<closed@example.org>").starts_with("550 5.2.1"));
}

BOOST_AUTO_TEST_CASE(the_postmaster_has_many_names) {
    BOOST_TEST(vrfy("<Postmaster>") == "250 2.1.5 <postmaster@example.org>\r\n");
    BOOST_TEST(vrfy("<postmaster@mx.example.org>") == "250 2.1.5 <postmaster@example.org>\r\n");
    BOOST_TEST(vrfy("<postmaster@[192.0.2.1]>") == "250 2.1.5 <postmaster@example.org>\r\n");
}

// RFC 5321 §3.5.3
BOOST_AUTO_TEST_CASE(of_mailboxes_elsewhere_nothing_is_told) {
    for (const char* path : {"<dave@elsewhere.example>", "<dave@[192.0.2.9]>", "<dave@backup.example>",
                             "<postmaster@elsewhere.example>"}) {
        BOOST_TEST(vrfy(path).starts_with("252 "), path);
        BOOST_TEST(expn(path).starts_with("252 "), path);
    }
}

// RFC 5321 §3.5.2
BOOST_AUTO_TEST_CASE(a_list_is_told_member_by_member) {
    BOOST_TEST(expn("<staff>") == "250-2.1.5 <alice@example.org>\r\n250 2.1.5 <bob@example.net>\r\n");
    BOOST_TEST(expn("<alice@example.org>").starts_with("550 5.1.0"));
    BOOST_TEST(expn("<nobody@example.org>").starts_with("550 5.1.1"));
}

BOOST_AUTO_TEST_CASE(a_list_too_long_is_not_told) {
    std::string members;
    for (int i = 0; i < 1001; ++i) members += "user" + std::to_string(i) + "@example.net\n";
    add("example.org/all.alias", members);
    BOOST_TEST(expn("<all>").starts_with("252 "));
}

// RFC 5321 §7.3
BOOST_AUTO_TEST_CASE(only_those_hear_it_whom_the_settings_name) {
    using policy::Audience;
    const auto hears = [&](Audience audience) {
        options.vrfy = options.expn = audience;
        const bool is_told = vrfy("<alice>").starts_with("250");
        BOOST_TEST(expn("<staff>").starts_with("250") == is_told);
        if (!is_told) BOOST_TEST(vrfy("<nobody>") == vrfy("<alice>"));
        return is_told;
    };
    BOOST_TEST(!hears(Audience::nobody));
    BOOST_TEST(!hears(Audience::relay));
    BOOST_TEST(!hears(Audience::authenticated));
    BOOST_TEST(hears(Audience::all));
    may_relay = true;
    BOOST_TEST(hears(Audience::relay));
    BOOST_TEST(!hears(Audience::authenticated));
    may_relay = false;
    is_authenticated = true;
    BOOST_TEST(hears(Audience::relay));
    BOOST_TEST(hears(Audience::authenticated));
    BOOST_TEST(!hears(Audience::nobody));
}

BOOST_AUTO_TEST_CASE(vrfy_and_expn_have_a_setting_each) {
    options.vrfy = policy::Audience::nobody;
    BOOST_TEST(vrfy("<alice>").starts_with("252 "));
    BOOST_TEST(expn("<staff>").starts_with("250"));
    options.vrfy = policy::Audience::all;
    options.expn = policy::Audience::nobody;
    BOOST_TEST(vrfy("<alice>").starts_with("250 "));
    BOOST_TEST(expn("<staff>").starts_with("252 "));
}

BOOST_AUTO_TEST_CASE(trouble_with_a_file_is_told_to_nobody) {
    add("example.org/broken.account", "{");
    BOOST_TEST(vrfy("<broken>") == "trouble");
    BOOST_TEST(expn("<broken>") == "trouble");
}

BOOST_AUTO_TEST_SUITE_END()
