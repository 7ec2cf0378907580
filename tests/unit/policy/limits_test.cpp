// SPDX-License-Identifier: BSD-2-Clause
#include "policy/limits.hpp"

#include "limits_fixture.hpp"

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
    BOOST_TEST(text_of(admit(late, "192.0.2.2")) == "Too many connections, try again later");
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
        BOOST_TEST(text_of(stranger->message()) ==
                   "This server has taken too many messages, try again later");
        BOOST_TEST(text_of(stranger->recipient()) ==
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
    BOOST_TEST(code_of(one.message()) == 250);  // for alice has had hers
}

BOOST_FIXTURE_TEST_CASE(trouble_with_slots_is_told_once_and_mail_goes_on, Fixture) {
    options.sessions_per_source = options.sessions_per_account = 1;
    BOOST_TEST(!served().know_user(kAlice));
    BOOST_TEST(!served().know_user(kBob));
    clock.advance(1ms);
    Limits& one = begin();
    BOOST_TEST(!one.enter(3));
    BOOST_TEST(!admit(one, "192.0.2.1"));
    const auto closed = std::move(sessions.back()->table);  // its locks cannot be asked for any more
    BOOST_TEST(!one.know_user(kAlice));
    BOOST_TEST(!one.know_user(kBob));
    BOOST_TEST(log.count_of("limits_off") == 1U);
    BOOST_TEST(code_of(one.message()) == 250);
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
    BOOST_TEST(count("192.0.2.8", Counted::messages) == 1U);
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

BOOST_AUTO_TEST_SUITE_END()
