// SPDX-License-Identifier: BSD-2-Clause
#include "runner/retry.hpp"

#include <set>

#include <boost/test/unit_test.hpp>

#include "support/memory_spool.hpp"

using namespace postern;
using namespace std::chrono_literals;
using Kind = spool::Outcome::Kind;

namespace retry_tests {

const Instant kArrival = *parse_rfc3339("2026-11-21T20:30:00Z");

/// A message for three recipients, and what is decided upon it.
struct Decisions {
    void put_off(const spool::RecipientSet& recipients, unsigned times = 1) {
        for (unsigned i = 0; i < times; ++i)
            history.apply({kArrival, spool::Outcome{Kind::deferred, recipients, "4.4.1"}});
    }
    std::vector<spool::Outcome> decide(const spool::Outcome& outcome, Instant now) {
        return runner::decide(outcome, {id, kArrival, history}, options, now);
    }
    spool::Outcome decide_one(const spool::Outcome& outcome, Instant now) {
        const auto decided = decide(outcome, now);
        BOOST_REQUIRE(decided.size() == 1u);
        return decided.front();
    }
    static spool::Outcome deferred(spool::RecipientSet recipients = {0}) {
        return {Kind::deferred, std::move(recipients), "4.4.1", "no connection"};
    }

    spool::MessageId id = *spool::MessageId::parse("5hhcgqfu57w6x2plj3y6vsmv2e");
    spool::History history = spool::History(envelope_of_three());
    runner::Options options;

private:
    static mail::Envelope envelope_of_three() {
        mail::Envelope envelope;
        for (int i = 0; i < 3; ++i) envelope.recipients.push_back({test::address("bob@example.org")});
        return envelope;
    }
};

}  // namespace retry_tests

BOOST_FIXTURE_TEST_SUITE(retry_tests, retry_tests::Decisions)

BOOST_AUTO_TEST_CASE(a_deferred_recipient_is_tried_again_after_the_interval_and_a_tenth_at_most) {
    const Instant now = kArrival + 3h;
    const auto outcome = decide_one(deferred(), now);
    BOOST_TEST((outcome.kind == Kind::deferred));
    BOOST_TEST((*outcome.next >= now + 30min));
    BOOST_TEST((*outcome.next <= now + 33min));
    BOOST_TEST(outcome.status == "4.4.1");
}

BOOST_AUTO_TEST_CASE(pauses_grow_up_to_the_longest) {
    const std::chrono::milliseconds expected[] = {30min, 45min, 67min + 30s, 101min + 15s};
    for (unsigned tries = 1; tries <= 4; ++tries)
        BOOST_TEST((runner::pause_after(tries, options) == expected[tries - 1]), tries);
    BOOST_TEST((runner::pause_after(7, options) == 4h));
    BOOST_TEST((runner::pause_after(1'000'000, options) == 4h));
}

BOOST_AUTO_TEST_CASE(with_growth_1_the_pause_is_always_the_interval) {
    options.growth = 1;
    for (const unsigned tries : {1u, 2u, 50u}) BOOST_TEST((runner::pause_after(tries, options) == 30min));
}

BOOST_AUTO_TEST_CASE(an_interval_over_the_longest_pause_is_cut) {
    options.interval = 12h;
    BOOST_TEST((runner::pause_after(1, options) == 4h));
}

BOOST_AUTO_TEST_CASE(jitter_is_spread_over_a_tenth_and_always_the_same) {
    std::set<std::chrono::milliseconds> seen;
    for (std::size_t recipient = 0; recipient < 100; ++recipient)
        for (unsigned tries = 1; tries <= 5; ++tries) {
            const auto drawn = runner::jitter(1000s, id, recipient, tries);
            BOOST_TEST((drawn >= 0s && drawn <= 100s));
            BOOST_TEST((drawn == runner::jitter(1000s, id, recipient, tries)));
            seen.insert(drawn);
        }
    BOOST_TEST(seen.size() > 350u);
    BOOST_TEST((*seen.begin() < 2s));
    BOOST_TEST((*seen.rbegin() > 98s));
    const auto other = *spool::MessageId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa");
    BOOST_TEST((runner::jitter(1000s, id, 0, 1) != runner::jitter(1000s, other, 0, 1)));
}

BOOST_AUTO_TEST_CASE(who_was_put_off_together_stays_together) {
    const auto outcome = decide_one(deferred({0, 1, 2}), kArrival);
    BOOST_TEST(outcome.recipients == (spool::RecipientSet{0, 1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(recipients_with_different_tries_get_records_of_their_own) {
    put_off({1}, 2);
    const auto outcomes = decide(deferred({0, 1, 2}), kArrival + 2h);
    BOOST_REQUIRE(outcomes.size() == 2u);
    BOOST_TEST(outcomes[0].recipients == (spool::RecipientSet{0, 2}), boost::test_tools::per_element());
    BOOST_TEST(outcomes[1].recipients == (spool::RecipientSet{1}), boost::test_tools::per_element());
    BOOST_TEST((*outcomes[0].next <= kArrival + 2h + 33min));
    BOOST_TEST((*outcomes[1].next >= kArrival + 2h + 67min));
}

BOOST_AUTO_TEST_CASE(a_next_try_that_is_named_already_stays) {
    auto outcome = deferred();
    outcome.next = kArrival + 7h;
    BOOST_TEST((decide_one(outcome, kArrival).next == outcome.next));
}

BOOST_AUTO_TEST_CASE(the_last_try_falls_at_max_age) {
    put_off({0}, 30);
    BOOST_TEST((decide_one(deferred(), kArrival + 119h).next == kArrival + 120h));
}

BOOST_AUTO_TEST_CASE(at_max_age_deferred_becomes_failed) {
    const Instant last = kArrival + 120h;
    BOOST_TEST((decide_one(deferred(), last - 1ms).kind == Kind::deferred));
    const auto outcome = decide_one(deferred(), last);
    BOOST_TEST((outcome.kind == Kind::failed));
    BOOST_TEST(outcome.status == "4.4.7");
    BOOST_TEST(outcome.reason == "no connection; given up after 5d");
    BOOST_TEST(!outcome.next.has_value());
}

BOOST_AUTO_TEST_CASE(a_mailbox_that_was_full_to_the_end_is_said_to_be) {
    auto full = deferred();
    full.status = "4.2.2";
    BOOST_TEST(decide_one(full, kArrival).status == "4.2.2");
    BOOST_TEST(decide_one(full, kArrival + 120h).status == "5.2.2");
}

BOOST_AUTO_TEST_CASE(after_max_tries_deferred_becomes_failed) {
    options.max_tries = 3;
    put_off({0});
    BOOST_TEST((decide_one(deferred(), kArrival).kind == Kind::deferred));
    put_off({0});
    const auto outcome = decide_one(deferred(), kArrival);
    BOOST_TEST((outcome.kind == Kind::failed));
    BOOST_TEST(outcome.reason == "no connection; given up after 3 tries");
}

BOOST_AUTO_TEST_CASE(other_outcomes_stay_as_they_are_at_any_age) {
    options.max_tries = 1;
    for (const Kind kind : {Kind::delivered, Kind::failed}) {
        const auto outcome = decide_one({kind, {0}, "5.1.1"}, kArrival + 1200h);
        BOOST_TEST((outcome.kind == kind));
        BOOST_TEST(outcome.status == "5.1.1");
        BOOST_TEST(!outcome.next.has_value());
    }
}

BOOST_AUTO_TEST_SUITE_END()
