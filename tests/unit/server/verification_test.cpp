// SPDX-License-Identifier: BSD-2-Clause
#include "server/verification.hpp"

#include <boost/test/unit_test.hpp>

#include "support/recording_log.hpp"

using namespace postern;
using Kind = callout::Answer::Kind;

namespace verification_tests {

struct Desk {
    std::string verdict_on(const callout::Answer& answer) {
        const callout::Question question{{"in.example", 25}, *mail::Address::parse("bob@example.org")};
        const auto verdict = server::verdict_on(question, answer, log);
        return verdict.accepted() ? "accepted" : smtp::to_wire(verdict.reply());
    }
    test::RecordingLog log;
};

}  // namespace verification_tests

BOOST_FIXTURE_TEST_SUITE(verification_tests, verification_tests::Desk)

BOOST_AUTO_TEST_CASE(an_accepted_recipient_needs_no_line) {
    BOOST_TEST(verdict_on({Kind::accepted, ""}) == "accepted");
    BOOST_TEST(log.entries.empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_is_passed_on_and_its_words_are_logged_only) {
    const auto reply = verdict_on({Kind::refused, "550 5.1.1 no bob at exch17.inside.example"});
    BOOST_TEST(reply.starts_with("550 5.1.1 "));
    BOOST_TEST(reply.find("inside") == std::string::npos);
    BOOST_REQUIRE(log.count_of("refused_elsewhere") == 1u);
    BOOST_TEST(log.entries.front().field("to") == "bob@example.org");
    BOOST_TEST(log.entries.front().field("host") == "in.example:25");
    BOOST_TEST(log.entries.front().field("reason") == "550 5.1.1 no bob at exch17.inside.example");
}

BOOST_AUTO_TEST_CASE(whoever_cannot_be_asked_refuses_nobody_for_good) {
    BOOST_TEST(verdict_on({Kind::undecided, "connection refused"}).starts_with("450 4.4.1 "));
    BOOST_TEST(log.count_of("not_verified") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
