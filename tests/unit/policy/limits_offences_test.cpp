// SPDX-License-Identifier: BSD-2-Clause
// Failed logins and unknown recipients, and the bans that they lead to.
#include "limits_fixture.hpp"

namespace limits_offences_tests {
using namespace limits_tests;
}

BOOST_AUTO_TEST_SUITE(limits_offences_tests)

BOOST_FIXTURE_TEST_CASE(while_all_fail_to_log_in_a_source_has_one_try, Fixture) {
    options.all_auth_failures = 3;
    Limits& one = served("192.0.2.1");
    Limits& other = served("192.0.2.2");
    Limits& local = served("127.0.0.1");
    for (int i = 0; i < 2; ++i) BOOST_TEST(!one.failed_login(kAlice));
    BOOST_TEST(!one.login_attempt());
    BOOST_TEST(!local.failed_login(kAlice));
    BOOST_TEST(text_of(one.login_attempt()) == "Too many failed logins on this server, try again later");
    BOOST_TEST(log.count_of("refused") == 1U);
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
    BOOST_TEST(text_of(other.unknown_recipient()) == "Too many unknown recipients, try again later");
    BOOST_TEST(code("192.0.2.2") == 220);
    BOOST_TEST(!served("127.0.0.1").unknown_recipient());
    clock.advance(2h);
    BOOST_TEST(!other.unknown_recipient());
    BOOST_TEST(!other.unknown_recipient());
}

BOOST_FIXTURE_TEST_CASE(nobody_speaks_for_who_is_banned_unless_he_is_exempt, Fixture) {
    policy::Bans bans(files, "/bans");
    for (const auto* banned : {"192.0.2.7", "127.0.0.7"})
        BOOST_REQUIRE(bans.set({Subject::source(*IpAddress::parse(banned)), clock.now() + 1h, "spam"}, 0s));
    Limits& proxy = served("127.0.0.1");
    BOOST_TEST(code_of(proxy.judge_client(IpAddress::parse("192.0.2.7"))) == 421);
    BOOST_TEST(!proxy.judge_client(IpAddress::parse("192.0.2.8")));
    BOOST_TEST(!proxy.judge_client(IpAddress::parse("127.0.0.7")));
    BOOST_TEST(!proxy.judge_client(std::nullopt));
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
    BOOST_TEST(text_of(unknown) == "Too many unknown recipients, try again later");
    BOOST_TEST(text_of(failed) == "Too many failed logins");
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

BOOST_FIXTURE_TEST_CASE(bans_that_cannot_be_read_or_written_stop_nobody, Fixture) {
    options.unknown_recipients = 1;
    files.fail_operation(1);
    Limits& one = served();
    BOOST_TEST(log.count_of("limits_off") == 1U);
    BOOST_REQUIRE(files.remove_directory("/bans"));
    BOOST_TEST(text_of(one.unknown_recipient()) == "Too many unknown recipients, try again later");
    BOOST_TEST(log.count_of("limits_off") == 2U);
    BOOST_TEST(log.count_of("banned") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
