// SPDX-License-Identifier: BSD-2-Clause
#include "runner/retry.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using Kind = spool::Outcome::Kind;

namespace {

const Instant kReceived = *parse_rfc3339("2026-11-21T20:30:00Z");

runner::Options options() {
    runner::Options options;
    options.interval = std::chrono::minutes(30);
    options.max_age = std::chrono::hours(24 * 5);
    return options;
}

spool::Outcome deferred() { return {Kind::deferred, {0}, "4.4.1", "no connection"}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(retry_tests)

BOOST_AUTO_TEST_CASE(a_deferred_recipient_is_tried_again_after_the_interval) {
    const Instant now = kReceived + std::chrono::hours(3);
    const auto outcome = runner::decide(deferred(), options(), kReceived, now);
    BOOST_TEST((outcome.kind == Kind::deferred));
    BOOST_TEST((outcome.next == now + std::chrono::minutes(30)));
    BOOST_TEST(outcome.status == "4.4.1");
}

BOOST_AUTO_TEST_CASE(a_next_try_that_is_named_already_stays) {
    auto outcome = deferred();
    outcome.next = kReceived + std::chrono::hours(7);
    BOOST_TEST((runner::decide(outcome, options(), kReceived, kReceived).next == outcome.next));
}

BOOST_AUTO_TEST_CASE(at_max_age_deferred_becomes_failed) {
    const Instant last = kReceived + std::chrono::hours(24 * 5);
    BOOST_TEST((runner::decide(deferred(), options(), kReceived, last - std::chrono::milliseconds(1)).kind ==
                Kind::deferred));
    const auto outcome = runner::decide(deferred(), options(), kReceived, last);
    BOOST_TEST((outcome.kind == Kind::failed));
    BOOST_TEST(outcome.status == "4.4.7");
    BOOST_TEST(outcome.reason == "no connection; given up after 5d");
    BOOST_TEST(!outcome.next.has_value());
}

BOOST_AUTO_TEST_CASE(other_outcomes_stay_as_they_are_at_any_age) {
    for (const Kind kind : {Kind::delivered, Kind::failed}) {
        const auto outcome = runner::decide({kind, {0}, "5.1.1"}, options(), kReceived,
                                            kReceived + std::chrono::hours(24 * 50));
        BOOST_TEST((outcome.kind == kind));
        BOOST_TEST(outcome.status == "5.1.1");
        BOOST_TEST(!outcome.next.has_value());
    }
}

BOOST_AUTO_TEST_SUITE_END()
