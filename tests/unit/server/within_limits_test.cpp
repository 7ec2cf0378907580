// SPDX-License-Identifier: BSD-2-Clause
#include "server/within_limits.hpp"

#include <boost/test/unit_test.hpp>

#include "policy/limit_table.hpp"
#include "smtp/replies.hpp"
#include "support/fake_clock.hpp"
#include "support/memory_files.hpp"
#include "support/recording_log.hpp"
#include "support/temporary_directory.hpp"

using namespace postern;

namespace within_limits_tests {

using server::within_limits;
using smtp::Verdict;
namespace replies = smtp::replies;

struct Fixture {
    test::TemporaryDirectory folder;
    test::MemoryFiles files;
    test::FakeClock clock;
    test::RecordingLog log;
    policy::LimitOptions options{
        .messages_per_hour = 1, .recipients_per_hour = 1, .auth_failures = 3, .unknown_recipients = 2};
    sys::SharedTable table{*policy::open_limit_table(folder.path())};
    policy::Limits limits{&table, {files, "bans"}, options, std::chrono::hours(1), clock, log};

    policy::Rates rates{policy::limit_map(table)};
    int judged = 0;

    Fixture() {
        files.make_directories("bans");
        BOOST_REQUIRE(!limits.admit(*IpAddress::parse("192.0.2.1"), [] { return false; }));
    }
    int sender(Verdict verdict) { return code_of(within_limits(std::move(verdict), &limits)); }
    int recipient(Verdict verdict) {
        return code_of(within_limits(smtp::RecipientVerdict{std::move(verdict)}, &limits).verdict);
    }
    int login(const smtp::LoginVerdict& verdict) {
        const smtp::AskLogin asked{sasl::Mechanism::plain, {{"whoever"}, Secret(std::string("x"))}};
        return code_of(within_limits(
                           asked, [&](const auto&) { return ++judged, verdict; }, &limits)
                           .verdict);
    }
    /// Of the source, and of alice.
    std::pair<unsigned, unsigned> auth_failures() {
        const auto count = [&](policy::Subject subject) {
            return static_cast<unsigned>(rates.count(subject, policy::Counted::auth_failures, clock.now()));
        };
        return {count(policy::Subject::source(*IpAddress::parse("192.0.2.1"))),
                count(policy::Subject::account(*mail::Address::parse("alice@example.org")))};
    }
    static int code_of(const Verdict& verdict) { return verdict.accepted() ? 250 : verdict.reply().code; }
};

}  // namespace within_limits_tests

BOOST_FIXTURE_TEST_SUITE(within_limits_tests, within_limits_tests::Fixture)

BOOST_AUTO_TEST_CASE(what_is_accepted_counts) {
    BOOST_TEST(sender(Verdict::accept()) == 250);
    BOOST_TEST(sender(Verdict::accept()) == 451);
    BOOST_TEST(recipient(Verdict::accept()) == 250);
    BOOST_TEST(recipient(Verdict::accept()) == 450);
}

BOOST_AUTO_TEST_CASE(what_is_refused_does_not) {
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(sender(Verdict::refuse(replies::no_space)) == 452);
        BOOST_TEST(recipient(Verdict::refuse(replies::mailbox_full)) == 452);
        BOOST_TEST(recipient(Verdict::refuse(replies::relaying_denied)) == 550);
    }
    BOOST_TEST(sender(Verdict::accept()) == 250);
    BOOST_TEST(recipient(Verdict::accept()) == 250);
}

BOOST_AUTO_TEST_CASE(but_for_recipients_that_do_not_exist) {
    BOOST_TEST(recipient(Verdict::refuse(replies::no_such_user)) == 550);
    BOOST_TEST(recipient(Verdict::refuse(replies::refused_elsewhere)) == 421);
    BOOST_TEST(log.count_of("banned") == 1U);
}

BOOST_AUTO_TEST_CASE(logins_that_fail_count_for_their_source_and_for_accounts_that_exist) {
    BOOST_TEST(login({Verdict::refuse(replies::login_impossible)}) == 454);  // nobody's failure
    BOOST_TEST((auth_failures() == std::pair(0U, 0U)));
    BOOST_TEST(login({Verdict::refuse(replies::login_refused), "alice@example.org"}) == 535);
    BOOST_TEST((auth_failures() == std::pair(1U, 1U)));
    BOOST_TEST(login({Verdict::refuse(replies::login_refused)}) == 535);
    BOOST_TEST((auth_failures() == std::pair(2U, 1U)));
    BOOST_TEST(rates.list(clock.now()).size() == 2U);  // the source and alice
    BOOST_TEST(login({Verdict::accept(), "alice@example.org"}) == 250);
    BOOST_TEST(login({Verdict::refuse(replies::login_refused)}) == 421);
    BOOST_TEST(judged == 5);
    BOOST_TEST(login({Verdict::accept(), "alice@example.org"}) == 454);
    BOOST_TEST(judged == 5);
}

BOOST_AUTO_TEST_CASE(without_limits_everything_stays_as_it_is) {
    BOOST_TEST(within_limits(Verdict::accept(), nullptr).accepted());
    BOOST_TEST(within_limits(smtp::RecipientVerdict{Verdict::accept()}, nullptr).verdict.accepted());
}

BOOST_AUTO_TEST_SUITE_END()
