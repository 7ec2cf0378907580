// SPDX-License-Identifier: BSD-2-Clause
#include "policy/recipients.hpp"

#include <boost/test/unit_test.hpp>

#include "accounts/file_accounts.hpp"
#include "smtp/replies.hpp"
#include "support/memory_files.hpp"

using namespace postern;

namespace recipients_test {

/// A userland with example.org (alice, ringo, postmaster, a closed account), and a peer who may not relay.
struct Userland {
    test::MemoryFiles files;
    policy::Options options{.hostname = "mx.example.org"};
    Result<bool> may_relay = false;
    mutable int relay_questions = 0;
    Result<bool> has_room = true;
    std::vector<std::string> room_questions;
    policy::AskServer ask_server = {};
    policy::LookAtDomain look = {};

    Userland() {
        files.make_directories("domains/example.org");
        add("example.org/alice.account", "{}");
        add("example.org/ringo.alias", "alice\n");
        add("example.org/postmaster.account", "{}");
        add("example.org/closed.account", R"({"disabled": true})");
    }

    void add(const std::string& path, const std::string& content) { files.put("domains/" + path, content); }
    void remove(const std::string& path) { BOOST_REQUIRE(files.unlink("domains/" + path)); }

    Result<smtp::RecipientVerdict> judge(std::string_view path) {
        const accounts::FileAccounts accounts(
            files, {.domains_directory = "domains", .passwords_directory = "", .relay_hosts_file = ""});
        const auto may = [&] {
            ++relay_questions;
            return may_relay;
        };
        const auto room = [&](const accounts::Mailbox& mailbox, std::uint64_t size) {
            room_questions.push_back(mailbox.to_string() + " " + std::to_string(size));
            return has_room;
        };
        const policy::Recipients recipients(accounts, options, may, room, ask_server, look);
        const auto parsed = mail::parse_forward_path(path);
        BOOST_REQUIRE(parsed);
        return recipients.judge(parsed->path, 1234);
    }

    /// "accepted", "accepted as ADDRESS", "550 5.1.1" or "trouble".
    std::string verdict_on(std::string_view path) {
        const auto verdict = judge(path);
        if (!verdict) return "trouble";
        if (!verdict->verdict.accepted()) {
            const auto& reply = verdict->verdict.reply();
            return std::to_string(reply.code) + " " + reply.status;
        }
        return verdict->address ? "accepted as " + verdict->address->to_string() : "accepted";
    }
};

}  // namespace recipients_test

BOOST_FIXTURE_TEST_SUITE(recipients_test, recipients_test::Userland)

BOOST_AUTO_TEST_CASE(accounts_and_aliases_are_accepted) {
    BOOST_TEST(verdict_on("<alice@example.org>") == "accepted");
    BOOST_TEST(verdict_on("<ALICE+list@Example.ORG>") == "accepted");
    BOOST_TEST(verdict_on("<ringo@example.org>") == "accepted");
}

BOOST_AUTO_TEST_CASE(an_unknown_user_is_refused) {
    BOOST_TEST(verdict_on("<nobody@example.org>") == "550 5.1.1");
}

BOOST_AUTO_TEST_CASE(a_user_of_another_server_is_accepted_for_it) {
    add("example.org/domain.json", R"({"relay_to": {"host": "in.example.org"}})");
    BOOST_TEST(verdict_on("<nobody@example.org>") == "accepted");
    BOOST_TEST(verdict_on("<closed@example.org>") == "550 5.2.1");
    BOOST_TEST(relay_questions == 0);
    add("example.org/domain.json", R"({"relay_to": "in.example.org"})");
    BOOST_TEST(verdict_on("<nobody@example.org>") == "trouble");
}

BOOST_AUTO_TEST_CASE(where_a_domain_wants_it_the_other_server_is_asked) {
    add("example.org/domain.json", R"({"relay_to": {"host": "in.example.org", "port": 26}, "verify": true})");
    std::vector<std::string> asked;
    ask_server = [&](const accounts::OtherServer& server,
                     const mail::Address& recipient) -> Result<smtp::Verdict> {
        asked.push_back(server.host + " " + std::to_string(server.port) + " " + recipient.to_string());
        if (recipient.local_part() == "bob") return smtp::Verdict::accept();
        return smtp::Verdict::refuse(smtp::replies::refused_elsewhere);
    };
    BOOST_TEST(verdict_on("<bob@example.org>") == "accepted");
    BOOST_TEST(verdict_on("<eve@example.org>") == "550 5.1.1");
    BOOST_TEST(verdict_on("<alice@example.org>") == "accepted");
    BOOST_TEST(asked == (std::vector<std::string>{"in.example.org 26 bob@example.org",
                                                  "in.example.org 26 eve@example.org"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_postmaster_whom_the_other_server_does_not_know_is_this_servers) {
    add("example.com/domain.json", R"({"relay_to": {"host": "in.example.org"}, "verify": true})");
    ask_server = [](const auto&, const auto&) -> Result<smtp::Verdict> {
        return smtp::Verdict::refuse(smtp::replies::refused_elsewhere);
    };
    BOOST_TEST(verdict_on("<postmaster@example.com>") == "accepted as postmaster@example.org");
}

BOOST_AUTO_TEST_CASE(without_anybody_to_ask_all_are_put_off) {
    add("example.org/domain.json", R"({"relay_to": {"host": "in.example.org"}, "verify": true})");
    BOOST_TEST(verdict_on("<bob@example.org>") == "trouble");
    BOOST_TEST(verdict_on("<alice@example.org>") == "accepted");
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_refused) {
    BOOST_TEST(verdict_on("<closed@example.org>") == "550 5.2.1");
}

BOOST_AUTO_TEST_CASE(a_full_mailbox_is_refused_for_the_time_being) {
    add("example.org/alice.account", R"({"quota": 1000})");
    BOOST_TEST(verdict_on("<alice+list@example.org>") == "accepted");
    has_room = false;
    BOOST_TEST(verdict_on("<alice+list@example.org>") == "452 4.2.2");
    BOOST_TEST(room_questions.size() == 2u);
    BOOST_TEST(room_questions.back() == "alice@example.org 1234");
    options.default_domain = mail::Domain::parse("example.org");
    BOOST_TEST(verdict_on("<alice>") == "452 4.2.2");
}

BOOST_AUTO_TEST_CASE(room_is_asked_for_only_where_a_copy_stays_in_a_mailbox_with_a_quota) {
    has_room = false;
    add("example.org/away.account", R"({"quota": 1000, "forward": ["bob@example.net"], "keep": false})");
    add("example.org/full.account", R"({"quota": 1000})");
    add("example.org/band.alias", "full\n");
    for (const char* path : {"<alice@example.org>", "<away@example.org>", "<band@example.org>"})
        BOOST_TEST(verdict_on(path) == "accepted", path);
    BOOST_TEST(room_questions.empty());
}

BOOST_AUTO_TEST_CASE(trouble_with_a_flag_is_no_refusal) {
    add("example.org/alice.account", R"({"quota": 1000})");
    has_room = Error(Fault::no_permission, "read state/over-quota/alice@example.org");
    BOOST_TEST(verdict_on("<alice@example.org>") == "trouble");
}

BOOST_AUTO_TEST_CASE(an_unreadable_account_is_trouble_and_no_refusal) {
    files.fail_on("domains/example.org/alice.account", EACCES);
    BOOST_TEST(verdict_on("<alice@example.org>") == "trouble");
}

BOOST_AUTO_TEST_CASE(an_empty_account_is_trouble_and_no_refusal) {
    add("example.org/empty.account", "");
    BOOST_TEST(verdict_on("<empty@example.org>") == "trouble");
}

BOOST_AUTO_TEST_CASE(other_domains_are_for_those_who_may_relay) {
    BOOST_TEST(verdict_on("<bob@example.net>") == "550 5.7.1");
    may_relay = true;
    BOOST_TEST(verdict_on("<bob@example.net>") == "accepted");
}

BOOST_AUTO_TEST_CASE(relay_rights_are_asked_for_other_domains_only) {
    may_relay = Error(Fault::configuration, "relay-hosts: line 1");
    BOOST_TEST(verdict_on("<alice@example.org>") == "accepted");
    BOOST_TEST(verdict_on("<nobody@example.org>") == "550 5.1.1");
    BOOST_TEST(relay_questions == 0);
    BOOST_TEST(verdict_on("<bob@example.net>") == "trouble");
    BOOST_TEST(relay_questions == 1);
}

BOOST_AUTO_TEST_CASE(a_literal_that_is_not_ours_is_relaying) {
    options.server_addresses = {*IpAddress::parse("192.0.2.1")};
    BOOST_TEST(verdict_on("<postmaster@[192.0.2.2]>") == "550 5.7.1");
    may_relay = true;
    BOOST_TEST(verdict_on("<bob@[192.0.2.2]>") == "accepted");
}

BOOST_AUTO_TEST_CASE(postmaster_is_accepted_under_each_name_of_the_server) {
    options.server_addresses = {*IpAddress::parse("192.0.2.1"), *IpAddress::parse("2001:db8::1")};
    for (const auto* path : {"<postmaster>", "<PostMaster>", "<postmaster@[192.0.2.1]>",
                             "<postmaster@[IPv6:2001:db8::1]>", "<postmaster@mx.example.org>"}) {
        BOOST_TEST_CONTEXT(path) { BOOST_TEST(verdict_on(path) == "accepted as postmaster@example.org"); }
    }
    BOOST_TEST(verdict_on("<Postmaster@example.org>") == "accepted");
}

BOOST_AUTO_TEST_CASE(postmaster_without_domain_is_that_of_the_default_domain) {
    add("example.net/postmaster.account", "{}");
    options.default_domain = mail::Domain::parse("example.net");
    BOOST_TEST(verdict_on("<postmaster>") == "accepted as postmaster@example.net");
}

BOOST_AUTO_TEST_CASE(postmaster_of_a_served_domain_without_one_is_the_servers) {
    files.make_directories("domains/example.net");
    BOOST_TEST(verdict_on("<postmaster@example.net>") == "accepted as postmaster@example.org");
    add("example.net/postmaster.account", R"({"disabled": true})");
    BOOST_TEST(verdict_on("<postmaster@example.net>") == "accepted as postmaster@example.org");
}

BOOST_AUTO_TEST_CASE(a_server_without_any_postmaster_refuses_nobody_for_good) {
    remove("example.org/postmaster.account");
    BOOST_TEST(verdict_on("<postmaster>") == "trouble");
    BOOST_TEST(verdict_on("<postmaster@example.org>") == "trouble");
}

BOOST_AUTO_TEST_CASE(only_postmaster_is_known_at_a_hostname_that_is_not_served) {
    BOOST_TEST(verdict_on("<alice@mx.example.org>") == "550 5.7.1");
}

BOOST_AUTO_TEST_CASE(a_bare_name_needs_a_default_domain) {
    BOOST_TEST(verdict_on("<alice>") == "501 5.1.3");
    options.default_domain = mail::Domain::parse("example.org");
    BOOST_TEST(verdict_on("<alice>") == "accepted as alice@example.org");
    BOOST_TEST(verdict_on("<nobody>") == "550 5.1.1");
}

BOOST_AUTO_TEST_CASE(a_name_at_our_own_address_is_a_bare_name) {
    options.server_addresses = {*IpAddress::parse("192.0.2.1")};
    BOOST_TEST(verdict_on("<alice@[192.0.2.1]>") == "501 5.1.3");
    options.default_domain = mail::Domain::parse("example.org");
    BOOST_TEST(verdict_on("<alice@[192.0.2.1]>") == "accepted as alice@example.org");
}

BOOST_AUTO_TEST_CASE(a_recipients_domain_elsewhere_must_take_mail_where_domains_are_looked_at) {
    auto says = policy::MailDomain::takes_none;
    look = [&](const mail::Domain&) { return says; };
    BOOST_TEST(verdict_on("<bob@example.net>") == "550 5.7.1");
    may_relay = true;
    BOOST_TEST(verdict_on("<bob@example.net>") == "556 5.1.10");
    BOOST_TEST(verdict_on("<alice@example.org>") == "accepted");
    BOOST_TEST(verdict_on("<bob@[192.0.2.1]>") == "accepted");
    says = policy::MailDomain::unknown;
    BOOST_TEST(verdict_on("<bob@example.net>") == "550 5.1.2");
    says = policy::MailDomain::undecided;
    BOOST_TEST(verdict_on("<bob@example.net>") == "accepted");
}

BOOST_AUTO_TEST_SUITE_END()
