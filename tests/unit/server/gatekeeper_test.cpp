// SPDX-License-Identifier: BSD-2-Clause
#include "server/gatekeeper.hpp"

#include <boost/test/unit_test.hpp>

#include "accounts/password_hash.hpp"
#include "smtp/replies.hpp"
#include "support/fake_accounts.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_randomness.hpp"
#include "support/memory_files.hpp"
#include "support/recording_log.hpp"

using namespace postern;

namespace gatekeeper_tests {

constexpr sasl::Mechanism kPlain = sasl::Mechanism::plain, kScram = sasl::Mechanism::scram_sha_256;

/// Hashed once for all cases: it takes its time.
const std::string& hash() {
    static const std::string made = *accounts::hash_password("correct horse");
    return made;
}

/// alice with all kinds of credentials, bob without any, former disabled, and an alias.
struct Gate {
    test::MemoryFiles files;
    test::FakeAccounts accounts;
    test::FakeClock clock;
    test::FakeRandomness randomness;
    test::RecordingLog log;
    accounts::Options options{.domains_directory = "domains",
                              .passwords_directory = "passwords",
                              .relay_hosts_file = "relay-hosts",
                              .default_domain = mail::Domain::parse("example.org")};
    accounts::LastLogins last_logins{files, "logins"};
    int turns = 0;
    Result<bool> turn = true;
    server::Gatekeeper gatekeeper{{accounts, options, files, last_logins, clock, randomness, log,
                                   [this](const auto& costly) -> Result<bool> {
                                       ++turns;
                                       if (turn && *turn) costly();
                                       return turn;
                                   }}};

    Gate() {
        accounts.serve("example.org");
        accounts.add_account("alice@example.org");
        accounts.add_account("bob@example.org");
        accounts.add_account("former@example.org").disabled = true;
        accounts.add_alias("al@example.org", {"alice@example.org"});
        files.make_directories("logins");
        files.put("passwords/.decoys", "secret");
        const std::string text =
            accounts::format_credentials({hash(),
                                          sasl::make_keys("correct horse", "salt", 1),
                                          {{"phone", accounts::digest_of_app_password("abcd-efgh")}}});
        files.put("passwords/example.org/alice", text);
        files.put("passwords/example.org/former", text);
    }

    /// "alice@example.org", or the code of the refusal.
    std::string login(sasl::Identity who, sasl::Evidence evidence) {
        const bool by_password = std::holds_alternative<Secret>(evidence);
        const auto verdict =
            gatekeeper.judge({by_password ? kPlain : kScram, {std::move(who), std::move(evidence)}});
        return verdict.verdict.accepted() ? verdict.user : std::to_string(verdict.verdict.reply().code);
    }
    std::string login(const std::string& user, const std::string& password) {
        return login({user}, Secret(std::string(password)));
    }
    std::string reason() const {
        if (log.entries.empty() || log.entries.back().event != "auth_failed") return "none";
        return log.entries.back().field("reason");
    }
    std::string salt_of(const std::string& user) {
        const auto answer = gatekeeper.find_keys({{user}});
        const auto* found = std::get_if<sasl::FoundKeys>(&answer);
        return found ? found->keys.salt : "trouble";
    }
};

}  // namespace gatekeeper_tests

BOOST_FIXTURE_TEST_SUITE(gatekeeper_tests, gatekeeper_tests::Gate)

BOOST_AUTO_TEST_CASE(the_password_opens) {
    BOOST_TEST(login("alice@example.org", "correct horse") == "alice@example.org");
    BOOST_REQUIRE(log.entries.size() == 1U);
    BOOST_TEST(log.entries[0].event == "login");
    BOOST_TEST(log.entries[0].field("user") == "alice@example.org");
    BOOST_TEST(log.entries[0].field("mechanism") == "PLAIN");
    BOOST_TEST(files.content("logins/alice@example.org").value_or("none") == "2026-11-21T20:30:00Z\n");
}

BOOST_AUTO_TEST_CASE(a_name_without_a_domain_is_of_the_default_one) {
    BOOST_TEST(login("alice", "correct horse") == "alice@example.org");
}

BOOST_AUTO_TEST_CASE(whatever_is_wrong_the_answer_and_its_cost_are_the_same) {
    const std::pair<std::string, std::string> wrong[] = {
        {"alice@example.org", "wrong password"}, {"bob@example.org", "the account has no such credential"},
        {"nobody@example.org", "no such user"},  {"alice@example.net", "no such user"},
        {"al@example.org", "no such user"},      {"no address", "no such user"}};
    for (const auto& [user, why] : wrong) {
        turns = 0;
        BOOST_TEST(login(user, "correct horse?") == "535");
        BOOST_TEST(reason() == why);
        BOOST_TEST(log.entries.back().field("user") == user);
        BOOST_TEST(turns == 1);
    }
}

/// So that what is counted is bounded by the number of accounts.
BOOST_AUTO_TEST_CASE(a_refusal_says_whose_account_it_is_if_there_is_one) {
    const auto user_of = [&](const std::string& user) {
        return gatekeeper.judge({kPlain, {{user}, Secret(std::string("wrong"))}}).user;
    };
    BOOST_TEST(user_of("alice") == "alice@example.org");
    BOOST_TEST(user_of("nobody@example.org") == "");
    BOOST_TEST(user_of("al@example.org") == "");
    BOOST_TEST(user_of("former@example.org") == "");
}

BOOST_AUTO_TEST_CASE(a_disabled_account_opens_to_nobody) {
    for (const std::string password : {"correct horse", "abcd-efgh"}) {
        turns = 0;
        BOOST_TEST(login("former@example.org", password) == "535");
        BOOST_TEST(reason() == "the account is disabled");
        BOOST_TEST(turns == 1);
    }
    BOOST_TEST(login({"former@example.org"}, sasl::Proof::right) == "535");
}

BOOST_AUTO_TEST_CASE(an_application_password_needs_no_turn_and_is_named) {
    turn = false;
    BOOST_TEST(login("alice@example.org", "abcd-efgh") == "alice@example.org");
    BOOST_TEST(log.entries.back().field("app") == "phone");
    BOOST_TEST(files.content("logins/alice@example.org:phone").has_value());
    BOOST_TEST(!files.content("logins/alice@example.org").has_value());
}

BOOST_AUTO_TEST_CASE(who_gets_no_turn_may_come_again) {
    turn = false;
    BOOST_TEST(login("alice@example.org", "correct horse") == "454");
    BOOST_TEST(log.entries.back().event == "trouble");
    turn = Error(Fault::temporary, "lock a slot: no locks");
    BOOST_TEST(login("alice@example.org", "correct horse") == "454");
}

BOOST_AUTO_TEST_CASE(nobody_acts_for_another) {
    BOOST_TEST(login({"alice@example.org", "alice"}, Secret("correct horse")) == "alice@example.org");
    BOOST_TEST(login({"alice@example.org", "bob@example.org"}, Secret("correct horse")) == "535");
    BOOST_TEST(reason() == "would act for another user");
    BOOST_TEST(login({"alice@example.org", "nobody"}, Secret("correct horse")) == "535");
}

BOOST_AUTO_TEST_CASE(a_proof_opens_where_there_are_keys) {
    BOOST_TEST(login({"alice@example.org"}, sasl::Proof::right) == "alice@example.org");
    BOOST_TEST(login({"alice@example.org"}, sasl::Proof::wrong) == "535");
    BOOST_TEST(reason() == "wrong proof of the password");
    BOOST_TEST(login({"bob@example.org"}, sasl::Proof::right) == "535");
    BOOST_TEST(login({"nobody@example.org"}, sasl::Proof::right) == "535");
}

BOOST_AUTO_TEST_CASE(everybody_seems_to_have_keys) {
    BOOST_TEST(salt_of("alice") == "salt");
    for (const std::string user :
         {"bob@example.org", "former@example.org", "nobody@example.org", "no address"}) {
        BOOST_TEST(salt_of(user).size() == sasl::kScramSaltOctets);
        BOOST_TEST(salt_of(user) == salt_of(user));
    }
    BOOST_TEST(salt_of("bob@example.org") != salt_of("nobody@example.org"));
    for (const std::string user : {"nobody", "NoBody@example.org", "nobody+tag@Example.ORG"})
        BOOST_TEST(salt_of(user) == salt_of("nobody@example.org"), user);
}

BOOST_AUTO_TEST_CASE(without_the_secret_of_decoys_nobody_can_tell_either) {
    BOOST_REQUIRE(static_cast<bool>(files.unlink("passwords/.decoys")));
    BOOST_TEST(salt_of("alice") == "trouble");
    BOOST_TEST(salt_of("nobody") == "trouble");
}

BOOST_AUTO_TEST_CASE(trouble_with_a_file_is_no_wrong_password) {
    files.put("passwords/example.org/alice", "rubbish");
    BOOST_TEST(login("alice@example.org", "correct horse") == "454");
    BOOST_TEST(log.entries.back().event == "trouble");
    accounts.add_trouble("bob@example.org");
    BOOST_TEST(login("bob@example.org", "x") == "454");
    BOOST_TEST(salt_of("bob@example.org") == "trouble");
}

BOOST_AUTO_TEST_CASE(a_login_that_cannot_be_noted_is_one_all_the_same) {
    BOOST_REQUIRE(static_cast<bool>(files.remove_directory("logins")));
    BOOST_TEST(login("alice@example.org", "abcd-efgh") == "alice@example.org");
    BOOST_TEST(log.count_of("trouble") == 1U);
}

BOOST_AUTO_TEST_CASE(no_password_is_ever_in_the_log) {
    login("alice@example.org", "correct horse");
    login("alice@example.org", "Sesam");
    for (const auto& entry : log.entries)
        for (const auto& [key, value] : entry.fields)
            BOOST_TEST(
                (value.find("horse") == std::string::npos && value.find("Sesam") == std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()
