// SPDX-License-Identifier: BSD-2-Clause
#include "policy/senders.hpp"

#include <boost/test/unit_test.hpp>

#include "smtp/replies.hpp"
#include "support/fake_accounts.hpp"

using namespace postern;

namespace senders_test {

constexpr std::uint64_t kReserve = 1 << 20;

/// example.org with alice and bob, and names that lead to alice alone, to both, or away.
struct Town {
    test::FakeAccounts accounts;
    smtp::ServiceRules rules;
    policy::Client client;
    Result<bool> may_relay = false;
    policy::LookAtDomain look = {};

    Town() {
        accounts.serve("example.org");
        accounts.add_account("alice@example.org");
        accounts.add_account("bob@example.org");
        accounts.add_alias("al@example.org", {"alice@example.org"});
        accounts.add_alias("a@example.org", {"al@example.org"});
        accounts.add_alias("both@example.org", {"alice@example.org", "bob@example.org"});
        accounts.add_alias("away@example.org", {"alice@example.net"});
        accounts.add_alias("ring@example.org", {"ring@example.org"});
    }

    /// "accepted", "530 5.7.0" or "trouble".
    std::string verdict_on(std::string_view address) {
        const policy::Senders senders(
            accounts, rules, client, [this] { return may_relay; }, look);
        const auto verdict =
            senders.judge(address.empty() ? mail::ReversePath() : mail::ReversePath(test::address(address)));
        if (!verdict) return "trouble";
        if (verdict->accepted()) return "accepted";
        return std::to_string(verdict->reply().code) + " " + verdict->reply().status;
    }
};

}  // namespace senders_test

BOOST_AUTO_TEST_SUITE(senders_test)

BOOST_FIXTURE_TEST_CASE(anybody_may_send_where_no_login_is_required, Town) {
    BOOST_TEST(verdict_on("eve@example.com") == "accepted");
    BOOST_TEST(verdict_on("alice@example.org") == "accepted");
    BOOST_TEST(verdict_on("") == "accepted");
}

BOOST_FIXTURE_TEST_CASE(where_a_login_is_required_strangers_are_told_so, Town) {
    rules.requires_login = true;
    BOOST_TEST(verdict_on("alice@example.org") == "530 5.7.0");
    BOOST_TEST(verdict_on("") == "530 5.7.0");
    may_relay = true;
    BOOST_TEST(verdict_on("eve@example.com") == "accepted");
    may_relay = Error(Fault::temporary, "relay-hosts: cannot be read");
    BOOST_TEST(verdict_on("alice@example.org") == "trouble");
}

BOOST_FIXTURE_TEST_CASE(a_user_has_addresses_of_his_own, Town) {
    rules = {.requires_login = true, .own_senders = true};
    client.user = test::address("alice@example.org");
    for (const auto* const own :
         {"alice@example.org", "ALICE@example.org", "al@example.org", "a@example.org", ""})
        BOOST_TEST(verdict_on(own) == "accepted", own);
    for (const auto* const other :
         {"bob@example.org", "both@example.org", "away@example.org", "ring@example.org", "nobody@example.org",
          "alice@example.net", "alice@[192.0.2.1]"})
        BOOST_TEST(verdict_on(other) == "553 5.7.1", other);
}

BOOST_FIXTURE_TEST_CASE(a_service_may_leave_its_users_free, Town) {
    rules.requires_login = true;
    client.user = test::address("alice@example.org");
    BOOST_TEST(verdict_on("bob@example.org") == "accepted");
}

BOOST_FIXTURE_TEST_CASE(the_administrator_sends_in_any_name, Town) {
    rules = {.requires_login = true, .own_senders = true};
    client.is_administrator = true;
    BOOST_TEST(verdict_on("bob@example.org") == "accepted");
    client.user = test::address("alice@example.org");
    BOOST_TEST(verdict_on("bob@example.org") == "accepted");
}

BOOST_AUTO_TEST_CASE(the_null_reverse_path_is_accepted) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 0}, kReserve, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(a_message_that_just_fits_is_accepted) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 1000}, kReserve + 1000, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(a_message_that_does_not_fit_is_refused_for_now) {
    const auto verdict = policy::judge_sender({std::nullopt, 1001}, kReserve + 1000, kReserve);
    BOOST_REQUIRE(!verdict.accepted());
    BOOST_TEST(verdict.reply().code == 452);
    BOOST_TEST(verdict.reply().status == "4.3.1");
}

BOOST_AUTO_TEST_CASE(a_message_without_declared_size_is_refused_on_a_full_disk) {
    BOOST_TEST(!policy::judge_sender({std::nullopt, 0}, kReserve - 1, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(no_declared_size_is_too_large_for_the_sum) {
    BOOST_TEST(
        !policy::judge_sender({std::nullopt, ~std::uint64_t{0}}, ~std::uint64_t{0}, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(without_a_reserve_the_disk_may_be_filled) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 1000}, 1000, 0).accepted());
    BOOST_TEST(!policy::judge_sender({std::nullopt, 1001}, 1000, 0).accepted());
}

BOOST_FIXTURE_TEST_CASE(a_user_may_send_as_his_account_says, Town) {
    rules.own_senders = true;
    client.user = test::address("alice@example.org");
    accounts.account("alice@example.org").may_send_as = {test::address("Office@example.net"),
                                                         *mail::Domain::parse("shop.example")};
    BOOST_TEST(verdict_on("office@example.net") == "accepted");
    BOOST_TEST(verdict_on("anybody@Shop.Example") == "accepted");
    BOOST_TEST(verdict_on("other@example.net") == "553 5.7.1");
    BOOST_TEST(verdict_on("anybody@sub.shop.example") == "553 5.7.1");
    client.user = test::address("bob@example.org");
    BOOST_TEST(verdict_on("office@example.net") == "553 5.7.1");
}

BOOST_FIXTURE_TEST_CASE(a_senders_domain_must_take_mail_where_domains_are_looked_at, Town) {
    auto says = policy::MailDomain::takes_none;
    int questions = 0;
    look = [&](const mail::Domain&) { return ++questions, says; };
    BOOST_TEST(verdict_on("eve@example.com") == "550 5.7.27");
    says = policy::MailDomain::unknown;
    BOOST_TEST(verdict_on("eve@example.com") == "550 5.1.8");
    says = policy::MailDomain::undecided;
    BOOST_TEST(verdict_on("eve@example.com") == "accepted");
    says = policy::MailDomain::takes_mail;
    BOOST_TEST(verdict_on("eve@example.com") == "accepted");
    BOOST_TEST(questions == 4);
    says = policy::MailDomain::takes_none;
    for (const char* sender : {"", "alice@example.org", "nobody@example.org", "eve@[192.0.2.1]"})
        BOOST_TEST(verdict_on(sender) == "accepted", sender);
    BOOST_TEST(questions == 4);
}

BOOST_AUTO_TEST_SUITE_END()
