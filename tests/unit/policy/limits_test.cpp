// SPDX-License-Identifier: BSD-2-Clause
#include "policy/limits.hpp"

#include <algorithm>
#include <memory>

#include <boost/test/unit_test.hpp>

#include "limit_table.hpp"
#include "support/memory_files.hpp"
#include "support/recording_log.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace limits_tests {

using policy::Counted;
using policy::Limits;
using policy::Subject;

struct Session {
    sys::SharedTable table;
    Limits limits;

    Session(sys::SharedTable opened, sys::FileSystem& files, const policy::LimitOptions& options,
            const Clock& clock, Log& log)
        : table(std::move(opened)), limits(&table, {files, "/bans"}, options, 1h, clock, log) {}
};

struct Fixture : test::LimitTable {
    test::MemoryFiles files;
    test::RecordingLog log;
    policy::LimitOptions options;
    std::vector<std::unique_ptr<Session>> sessions;
    bool trusts = false;
    int asked = 0;

    Fixture() {
        BOOST_REQUIRE(files.make_directory("/bans", 0700));
        options.exempt = {*IpNetwork::parse("127.0.0.0/8")};
    }
    Limits& begin() {
        return sessions.emplace_back(std::make_unique<Session>(open(), files, options, clock, log))->limits;
    }
    Limits::Refusal admit(Limits& limits, std::string_view peer) {
        return limits.admit(*IpAddress::parse(peer), [this] { return ++asked, trusts; });
    }
    /// What a new session from there hears.
    int code(std::string_view peer = "192.0.2.1") {
        Limits& limits = begin();
        auto refusal = limits.enter(sessions.size());
        if (!refusal) refusal = admit(limits, peer);
        if (refusal) limits.leave();
        return refusal ? refusal->code : 220;
    }
    /// Slots of sessions from there.
    long held_by(std::string_view peer) {
        auto table = open();
        const auto live = *policy::SessionSlots(table, 1h).list();
        const auto source = Subject::source(*IpAddress::parse(peer));
        return std::ranges::count(live, source, &policy::LiveSession::source);
    }
    std::uint64_t count(std::string_view peer, Counted what) {
        const auto table = open();
        const policy::Rates rates(policy::limit_map(table));
        return rates.count(Subject::source(*IpAddress::parse(peer)), what, clock.now());
    }
    std::uint64_t count_of_all(Counted what) {
        const auto table = open();
        const policy::Rates rates(policy::limit_map(table));
        return rates.of_all(clock.now())[static_cast<std::size_t>(what)];
    }
    Limits& served(std::string_view peer = "192.0.2.1") {
        BOOST_REQUIRE(code(peer) == 220);
        return sessions.back()->limits;
    }
};

int code_of(const Limits::Refusal& refusal) { return refusal ? refusal->code : 250; }

const auto kAlice = mail::Address::parse("alice@example.org");

}  // namespace limits_tests

BOOST_AUTO_TEST_SUITE(limits_tests)

BOOST_FIXTURE_TEST_CASE(sessions_of_all, Fixture) {
    options.sessions = 2;
    BOOST_TEST(code("192.0.2.1") == 220);
    BOOST_TEST(code("127.0.0.1") == 220);
    BOOST_TEST(code("127.0.0.1") == 421);  // nobody is exempt from this one
    sessions.clear();
    BOOST_TEST(code() == 220);
}

BOOST_FIXTURE_TEST_CASE(sessions_of_a_source, Fixture) {
    options.sessions_per_source = 2;
    BOOST_TEST(code() == 220);
    BOOST_TEST(code() == 220);
    BOOST_TEST(code() == 421);
    BOOST_TEST(code("192.0.2.2") == 220);
    sessions.clear();
    BOOST_TEST(code() == 220);
}

BOOST_FIXTURE_TEST_CASE(connections_of_a_source, Fixture) {
    options.connections_per_minute = 3;
    for (int i = 0; i < 3; ++i) BOOST_TEST(code() == 220);
    BOOST_TEST(code() == 421);
    BOOST_TEST(code("2001:db8::1") == 220);
    clock.advance(2min);
    BOOST_TEST(code() == 220);
}

BOOST_FIXTURE_TEST_CASE(who_is_exempt_or_trusted_is_not_held_to_them, Fixture) {
    options.connections_per_minute = options.sessions_per_source = 1;
    BOOST_TEST(code() == 220);
    BOOST_TEST(asked == 0);  // that nobody looks into a file without need
    BOOST_TEST(code() == 421);
    BOOST_TEST(asked == 1);
    trusts = true;
    BOOST_TEST(code() == 220);
    for (int i = 0; i < 3; ++i) BOOST_TEST(code("127.0.0.1") == 220);
    BOOST_TEST(asked == 2);
}

BOOST_FIXTURE_TEST_CASE(who_is_trusted_is_counted_all_the_same, Fixture) {
    options.connections_per_minute = options.sessions_per_source = 1;
    trusts = true;
    for (int i = 0; i < 3; ++i) BOOST_TEST(code() == 220);
    BOOST_TEST(held_by("192.0.2.1") == 3);
    BOOST_TEST(count_of_all(Counted::connections) == 3U);
}

BOOST_FIXTURE_TEST_CASE(what_was_refused_is_not_counted, Fixture) {
    options.sessions_per_source = 1;
    options.connections_per_minute = 2;
    BOOST_TEST(code() == 220);
    BOOST_TEST(code() == 421);
    BOOST_TEST(count_of_all(Counted::connections) == 1U);
    sessions.clear();
    BOOST_TEST(code() == 220);
    sessions.clear();
    BOOST_TEST(code() == 421);
    BOOST_TEST(count_of_all(Counted::connections) == 2U);
}

BOOST_FIXTURE_TEST_CASE(messages_and_recipients_of_a_source, Fixture) {
    options.messages_per_hour = 2;
    options.recipients_per_hour = 3;
    Limits& one = served();
    BOOST_TEST(code_of(one.message()) == 250);
    BOOST_TEST(code_of(served().message()) == 250);
    BOOST_TEST(code_of(one.message()) == 451);
    for (int i = 0; i < 3; ++i) BOOST_TEST(code_of(one.recipient()) == 250);
    BOOST_TEST(code_of(one.recipient()) == 450);
    BOOST_TEST(code_of(served("192.0.2.2").message()) == 250);
    one.trust();
    BOOST_TEST(code_of(one.message()) == 250);
    BOOST_TEST(code_of(one.recipient()) == 250);
    clock.advance(2h);
    BOOST_TEST(code_of(served().message()) == 250);
}

BOOST_FIXTURE_TEST_CASE(connections_of_all, Fixture) {
    options.all_connections_per_minute = 2;
    BOOST_TEST(code("192.0.2.1") == 220);
    BOOST_TEST(code("127.0.0.1") == 220);  // which counts
    Limits& late = begin();
    BOOST_TEST(admit(late, "192.0.2.2")->text == "Too many connections, try again later");
    BOOST_TEST(code("127.0.0.1") == 220);  // but is not held to it
    trusts = true;
    BOOST_TEST(code("192.0.2.3") == 220);
    trusts = false;
    BOOST_TEST(count_of_all(Counted::connections) == 4U);
    clock.advance(2min);
    BOOST_TEST(code("192.0.2.2") == 220);
}

BOOST_FIXTURE_TEST_CASE(messages_and_recipients_of_all, Fixture) {
    options.all_messages_per_hour = 2;
    options.all_recipients_per_hour = 3;
    Limits& one = served("192.0.2.1");
    Limits& other = served("192.0.2.2");
    Limits& local = served("127.0.0.1");
    BOOST_TEST(code_of(one.message()) == 250);
    BOOST_TEST(code_of(local.message()) == 250);
    for (int i = 0; i < 3; ++i) BOOST_TEST(code_of(one.recipient()) == 250);
    for (Limits* stranger : {&one, &other}) {
        BOOST_TEST(stranger->message()->text == "This server has taken too many messages, try again later");
        BOOST_TEST(stranger->recipient()->text ==
                   "This server has taken too many recipients, try again later");
    }
    BOOST_TEST(count("192.0.2.2", Counted::messages) == 0U);  // so it will not be at its own limit
    BOOST_TEST(code_of(local.message()) == 250);
    BOOST_TEST(code_of(local.recipient()) == 250);
    BOOST_TEST(!other.know_user(kAlice));
    BOOST_TEST(code_of(other.message()) == 250);
    BOOST_TEST(code_of(other.recipient()) == 250);
    one.trust();
    BOOST_TEST(code_of(one.message()) == 250);
    clock.advance(2h);
    BOOST_TEST(code_of(served("192.0.2.3").message()) == 250);
}

BOOST_FIXTURE_TEST_CASE(a_source_at_its_own_limit_uses_up_nothing_of_all, Fixture) {
    options.messages_per_hour = 1;
    options.all_messages_per_hour = 3;
    Limits& one = served();
    for (int i = 0; i < 10; ++i) (void)one.message();
    BOOST_TEST(code_of(served("192.0.2.2").message()) == 250);
}

BOOST_FIXTURE_TEST_CASE(while_all_fail_to_log_in_a_source_has_one_try, Fixture) {
    options.all_auth_failures = 3;
    Limits& one = served("192.0.2.1");
    Limits& other = served("192.0.2.2");
    Limits& local = served("127.0.0.1");
    for (int i = 0; i < 2; ++i) BOOST_TEST(!one.failed_login(kAlice));
    BOOST_TEST(!one.login_attempt());
    BOOST_TEST(!local.failed_login(kAlice));
    BOOST_TEST(one.login_attempt()->text == "Too many failed logins on this server, try again later");
    BOOST_TEST(log.entries.back().event == "refused");
    BOOST_TEST(!local.login_attempt());
    BOOST_TEST(!other.login_attempt());
    BOOST_TEST(!other.failed_login(kAlice));
    BOOST_TEST(code_of(other.login_attempt()) == 454);
    BOOST_TEST(log.count_of("banned") == 0U);
    clock.advance(2h);
    BOOST_TEST(!other.login_attempt());
}

BOOST_FIXTURE_TEST_CASE(while_all_name_unknown_recipients_a_source_may_name_one, Fixture) {
    options.all_unknown_recipients = 3;
    Limits& one = served("192.0.2.1");
    Limits& other = served("192.0.2.2");
    for (int i = 0; i < 3; ++i) BOOST_TEST(!one.unknown_recipient());
    BOOST_TEST(!other.unknown_recipient());
    BOOST_TEST(other.unknown_recipient()->text == "Too many unknown recipients, try again later");
    BOOST_TEST(code("192.0.2.2") == 220);
    BOOST_TEST(!served("127.0.0.1").unknown_recipient());
    clock.advance(2h);
    BOOST_TEST(!other.unknown_recipient());
    BOOST_TEST(!other.unknown_recipient());
}

BOOST_FIXTURE_TEST_CASE(a_user_is_held_to_the_limits_of_his_account, Fixture) {
    options.messages_per_hour = 1;
    options.account_messages_per_hour = 2;
    options.account_recipients_per_hour = 1;
    Limits& here = served("192.0.2.1");
    Limits& there = served("127.0.0.1");
    BOOST_TEST(!here.know_user(kAlice));
    BOOST_TEST(!there.know_user(kAlice));
    BOOST_TEST(code_of(here.message()) == 250);
    BOOST_TEST(code_of(here.message()) == 250);
    BOOST_TEST(code_of(here.message()) == 451);
    BOOST_TEST(code_of(there.message()) == 451);
    BOOST_TEST(code_of(there.recipient()) == 250);
    BOOST_TEST(code_of(there.recipient()) == 450);
}

BOOST_FIXTURE_TEST_CASE(sessions_of_a_user, Fixture) {
    options.sessions_per_account = 1;
    options.sessions_per_source = 2;
    options.account_messages_per_hour = 1;
    Limits& one = served();
    Limits& other = served();
    BOOST_TEST(!one.log_in(kAlice));
    clock.advance(1ms);
    BOOST_TEST(code_of(other.log_in(kAlice)) == 421);
    BOOST_REQUIRE(log.count_of("refused") == 1U);
    BOOST_TEST(log.entries.back().field("reason") ==
               "AUTH: 421 4.7.0 Too many sessions of this user, try again later");
    BOOST_TEST(code_of(one.message()) == 250);
    BOOST_TEST(code_of(other.message()) == 250);  // which is nobody's, as before
    BOOST_TEST(code() == 220);                    // for the first one is no longer of the source
    BOOST_TEST(code() == 421);
    BOOST_TEST(!one.know_user(std::nullopt));
    clock.advance(1ms);
    BOOST_TEST(!other.log_in(kAlice));
}

BOOST_FIXTURE_TEST_CASE(a_proxy_speaks_for_others, Fixture) {
    options.messages_per_hour = 1;
    Limits& proxy = served("127.0.0.1");
    proxy.speak_for(IpAddress::parse("192.0.2.7"));
    BOOST_TEST(code_of(proxy.message()) == 250);
    BOOST_TEST(code_of(proxy.message()) == 451);
    proxy.speak_for(IpAddress::parse("192.0.2.8"));
    BOOST_TEST(code_of(proxy.message()) == 250);
    proxy.speak_for(std::nullopt);
    BOOST_TEST(code_of(proxy.message()) == 250);
}

BOOST_FIXTURE_TEST_CASE(unknown_recipients_ban_the_source, Fixture) {
    options.unknown_recipients = 3;
    options.ban = 30min;
    Limits& one = served();
    Limits& other = served();
    BOOST_TEST(code_of(one.unknown_recipient()) == 250);
    BOOST_TEST(code_of(other.unknown_recipient()) == 250);
    BOOST_TEST(code() == 220);
    BOOST_TEST(code_of(one.unknown_recipient()) == 421);
    BOOST_TEST(code() == 421);
    BOOST_TEST(code("192.0.2.2") == 220);
    BOOST_TEST(log.count_of("banned") == 1U);
    BOOST_TEST(log.entries.back().field("source") == "192.0.2.1");
    BOOST_TEST(log.entries.back().field("until") == "2026-11-21T21:00:00Z");
    trusts = true;
    BOOST_TEST(code() == 220);
    trusts = false;
    clock.advance(2h);
    BOOST_TEST(code() == 220);
}

BOOST_FIXTURE_TEST_CASE(with_no_time_to_ban_for_nobody_is_banned, Fixture) {
    options.unknown_recipients = options.auth_failures = 1;
    options.ban = 0s;
    Limits& one = served();
    const auto unknown = one.unknown_recipient(), failed = one.failed_login(kAlice);
    BOOST_TEST(unknown->text == "Too many unknown recipients, try again later");
    BOOST_TEST(failed->text == "Too many failed logins");
    BOOST_TEST(code_of(unknown) == 421);
    BOOST_TEST(code_of(failed) == 421);
    BOOST_TEST(code_of(one.login_attempt()) == 454);
    BOOST_TEST(code() == 220);
    BOOST_TEST(log.count_of("banned") == 0U);
}

BOOST_FIXTURE_TEST_CASE(failed_logins_ban_the_source, Fixture) {
    options.auth_failures = 2;
    Limits& one = served();
    Limits& other = served();
    BOOST_TEST(!one.login_attempt());
    BOOST_TEST(!one.failed_login(kAlice));
    BOOST_TEST(!other.login_attempt());
    BOOST_TEST(code_of(other.failed_login(std::nullopt)) == 421);
    BOOST_TEST(code_of(one.failed_login(kAlice)) == 421);  // it was on its way
    BOOST_TEST(log.count_of("banned") == 1U);
    BOOST_TEST(code_of(one.login_attempt()) == 454);  // its passwords are not looked at any more
    BOOST_TEST(log.entries.back().field("reason") ==
               "AUTH: 454 4.7.0 Too many failed logins, try again later");
    BOOST_TEST(code() == 421);
    BOOST_TEST(!served("192.0.2.2").login_attempt());
}

BOOST_FIXTURE_TEST_CASE(who_is_exempt_may_guess_and_err, Fixture) {
    options.auth_failures = options.unknown_recipients = 1;
    Limits& local = served("127.0.0.1");
    for (int i = 0; i < 3; ++i) BOOST_TEST(!local.failed_login(kAlice));
    for (int i = 0; i < 3; ++i) BOOST_TEST(!local.unknown_recipient());
    BOOST_TEST(!local.login_attempt());
    BOOST_TEST(code("127.0.0.1") == 220);
}

BOOST_FIXTURE_TEST_CASE(a_client_without_address_is_no_source, Fixture) {
    Limits& local = begin();
    BOOST_TEST(!local.enter(1));
    BOOST_TEST(!local.message());
    BOOST_TEST(!local.recipient());
    BOOST_TEST(!local.unknown_recipient());
    BOOST_TEST(!local.login_attempt());
    BOOST_TEST(!local.failed_login(kAlice));
}

BOOST_FIXTURE_TEST_CASE(without_a_table_mail_goes_on, Fixture) {
    Limits limits(nullptr, {files, "/bans"}, options, 1h, clock, log);
    BOOST_TEST(!limits.enter(1));
    BOOST_TEST(!admit(limits, "192.0.2.1"));
    BOOST_TEST(!limits.message());
    BOOST_TEST(!limits.recipient());
    BOOST_TEST(!limits.unknown_recipient());
    BOOST_TEST(!limits.login_attempt());
    BOOST_TEST(!limits.failed_login(kAlice));
    limits.leave();
    BOOST_TEST(log.entries.empty());
}

BOOST_FIXTURE_TEST_CASE(bans_that_cannot_be_read_or_written_stop_nobody, Fixture) {
    options.unknown_recipients = 1;
    files.fail_operation(1);
    Limits& one = served();
    BOOST_TEST(log.count_of("limits_off") == 1U);
    BOOST_REQUIRE(files.remove_directory("/bans"));
    BOOST_TEST(one.unknown_recipient()->text == "Too many unknown recipients, try again later");
    BOOST_TEST(log.count_of("limits_off") == 2U);
    BOOST_TEST(log.count_of("banned") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
