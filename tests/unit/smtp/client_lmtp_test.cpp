// SPDX-License-Identifier: BSD-2-Clause
// What differs in LMTP (RFC 2033): LHLO, and replies after the dot.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "smtp/client.hpp"
#include "unit/smtp/client_dialogue.hpp"

namespace postern::smtp {

namespace client_lmtp_tests {

using LmtpKind = ClientResult::Kind;

const auto kLmtpPieces = boost::unit_test::data::make({std::size_t{1}, std::size_t{7}, std::size_t{10'000}});

ClientMessage letter_to(std::initializer_list<std::string_view> recipients) {
    ClientMessage result;
    result.reverse_path = mail::Address::parse("sender@here.example");
    for (const auto recipient : recipients) result.recipients.push_back(*mail::Address::parse(recipient));
    result.size = 10;
    return result;
}

ClientDialogue greeted_by_lmtp(std::size_t piece) {
    ClientDialogue dialogue(piece, Dialect::lmtp);
    BOOST_TEST(dialogue.server("220 box.example LMTP\r\n") == "LHLO me.example\r\n");
    dialogue.server("250-box.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
    BOOST_REQUIRE(dialogue.ready);
    return dialogue;
}

}  // namespace client_lmtp_tests

BOOST_AUTO_TEST_SUITE(client_lmtp_tests)

BOOST_DATA_TEST_CASE(each_accepted_recipient_has_a_reply_of_its_own_after_the_dot, kLmtpPieces, piece) {
    auto dialogue = greeted_by_lmtp(piece);
    dialogue.begin(letter_to({"a@x.example", "b@x.example", "c@x.example", "d@x.example"}));
    BOOST_TEST(dialogue.server("250 ok\r\n250 ok\r\n550 5.1.1 who?\r\n250 ok\r\n250 ok\r\n354 go\r\n") ==
               "one line\r\n.\r\n");
    dialogue.server("250 2.0.0 for a\r\n452 4.2.2 c is full\r\n");
    BOOST_TEST(dialogue.done.empty());
    dialogue.server("250 2.0.0 for d\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    const auto& results = dialogue.done[0].recipients;
    BOOST_TEST((results[0] == ClientResult{LmtpKind::accepted, "2.0.0", "", "250 2.0.0 for a"}));
    BOOST_TEST(results[1].reply == "550 5.1.1 who?");
    BOOST_TEST((results[2].kind == LmtpKind::deferred));
    BOOST_TEST(results[2].reply == "452 4.2.2 c is full");
    BOOST_TEST((results[3] == ClientResult{LmtpKind::accepted, "2.0.0", "", "250 2.0.0 for d"}));
    BOOST_TEST(dialogue.ready);
}

BOOST_DATA_TEST_CASE(what_was_not_answered_when_the_connection_is_lost_is_deferred, kLmtpPieces, piece) {
    auto dialogue = greeted_by_lmtp(piece);
    dialogue.begin(letter_to({"a@x.example", "b@x.example"}));
    dialogue.server("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    dialogue.server("250 2.0.0 for a\r\n");
    dialogue.end(End::closed);
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == LmtpKind::accepted));
    BOOST_TEST((dialogue.done[0].recipients[1].kind == LmtpKind::deferred));
    BOOST_TEST((dialogue.done[0].content == MessageDone::Content::sent));
    BOOST_TEST(dialogue.closed);
}

BOOST_DATA_TEST_CASE(a_reply_too_many_breaks_the_conversation, kLmtpPieces, piece) {
    auto dialogue = greeted_by_lmtp(piece);
    dialogue.begin(letter_to({"a@x.example"}));
    dialogue.server("250 ok\r\n250 ok\r\n354 go\r\n");
    dialogue.server("250 2.0.0 for a\r\n250 2.0.0 for whom?\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == LmtpKind::accepted));
    BOOST_TEST(dialogue.closed);
}

BOOST_DATA_TEST_CASE(a_354_for_nobody_ends_the_conversation, kLmtpPieces, piece) {
    auto dialogue = greeted_by_lmtp(piece);
    dialogue.begin(letter_to({"a@x.example"}));
    dialogue.server("250 ok\r\n550 no\r\n354 go on\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == LmtpKind::failed));
    BOOST_TEST(dialogue.closed);
}

BOOST_DATA_TEST_CASE(a_server_that_knows_no_LHLO_is_asked_nothing_else, kLmtpPieces, piece) {
    ClientDialogue dialogue(piece, Dialect::lmtp);
    dialogue.server("220 mx.example ESMTP\r\n");
    BOOST_TEST(dialogue.server("500 5.5.1 what?\r\n") == "QUIT\r\n");
    BOOST_REQUIRE(dialogue.refused);
    BOOST_TEST(dialogue.refused->reply == "500 5.5.1 what?");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::smtp
