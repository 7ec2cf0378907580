// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/content_check.hpp"

#include <boost/test/unit_test.hpp>

#include "smtp/replies.hpp"

using namespace postern;
using namespace postern::smtp;

namespace content_check_tests {

struct Verdict {
    std::string refusal, flaw;
};

Verdict check(std::string_view content, ValidationMode mode, std::size_t piece = 10'000,
              std::size_t most_hops = 2) {
    ContentCheck check(most_hops, {.mode = mode}, {});
    std::string refusal;
    for (; !content.empty() && refusal.empty(); content.remove_prefix(std::min(piece, content.size()))) {
        check.read(content.substr(0, piece));
        if (const auto reply = check.refusal()) refusal = to_wire(*reply);
    }
    check.finish();
    if (const auto reply = check.refusal(); reply && refusal.empty()) refusal = to_wire(*reply);
    return {refusal, check.flaw() ? to_string(*check.flaw()) : ""};
}

const std::string kLoop = to_wire(replies::too_many_hops);
constexpr std::string_view kNoAuthor = "Subject: hi\r\n\r\n";

}  // namespace content_check_tests

BOOST_AUTO_TEST_SUITE(content_check_tests)

BOOST_AUTO_TEST_CASE(by_reject_a_flaw_is_a_reason_to_refuse) {
    BOOST_TEST(check(kNoAuthor, ValidationMode::reject).refusal ==
               "554 5.6.0 The message is not valid: From, octet 13: is missing\r\n");
    BOOST_TEST(check("Subject: hi\r\n", ValidationMode::reject).refusal ==
               "554 5.6.0 The message is not valid: From, octet 13: is missing\r\n");
}

BOOST_AUTO_TEST_CASE(by_discard_it_is_only_told) {
    const auto verdict = check(kNoAuthor, ValidationMode::discard);
    BOOST_TEST(verdict.refusal == "");
    BOOST_TEST(verdict.flaw == "From, octet 13: is missing");
}

BOOST_AUTO_TEST_CASE(by_off_nobody_looks) {
    const auto verdict = check(kNoAuthor, ValidationMode::off);
    BOOST_TEST(verdict.refusal == "");
    BOOST_TEST(verdict.flaw == "");
}

BOOST_AUTO_TEST_CASE(hops_are_counted_by_every_mode) {
    const std::string loop = "From: a@b.example\r\nReceived: 1\r\nReceived: 2\r\nReceived: 3\r\n\r\n";
    for (const auto mode : {ValidationMode::off, ValidationMode::reject, ValidationMode::discard}) {
        BOOST_TEST(check(loop, mode).refusal == kLoop);
        BOOST_TEST(check(loop, mode, 10'000, 3).refusal == "");
    }
}

BOOST_AUTO_TEST_CASE(the_first_reason_is_told_whatever_the_pieces) {
    const std::string hops = "Received: 1\r\nReceived: 2\r\nReceived: 3\r\n", twice = "To: a\r\nTo: b\r\n";
    for (const std::size_t piece : {1U, 7U, 10'000U}) {
        BOOST_TEST(check(hops + twice + "\r\n", ValidationMode::reject, piece).refusal == kLoop);
        BOOST_TEST(check(twice + hops + "\r\n", ValidationMode::reject, piece).refusal ==
                   "554 5.6.0 The message is not valid: To, octet 7: stands twice\r\n");
        BOOST_TEST(check(twice + hops + "\r\n", ValidationMode::discard, piece).refusal == kLoop);
    }
}

BOOST_AUTO_TEST_SUITE_END()
