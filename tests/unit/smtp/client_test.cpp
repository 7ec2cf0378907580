// SPDX-License-Identifier: BSD-2-Clause
// Whole conversations of the client, each at several chunkings of what the server says.
#include "smtp/client.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/smtp/client_dialogue.hpp"

namespace postern::smtp {

namespace client_tests {

using Kind = ClientResult::Kind;
namespace data = boost::unit_test::data;

const auto kPieces = data::make({std::size_t{1}, std::size_t{7}, std::size_t{10'000}});

ClientMessage message(std::initializer_list<std::string_view> recipients) {
    ClientMessage result;
    result.reverse_path = mail::Address::parse("sender@here.example");
    for (const auto recipient : recipients) result.recipients.push_back(*mail::Address::parse(recipient));
    result.size = 10;
    return result;
}

/// A client that has been greeted, and knows these extensions ("PIPELINING", "SIZE 1000").
ClientDialogue greeted(std::size_t piece, std::initializer_list<std::string_view> extensions) {
    ClientDialogue dialogue(piece);
    dialogue.server("220 mx.example ESMTP\r\n");
    dialogue.server("250-mx.example at your service\r\n");
    for (const auto extension : extensions) dialogue.server("250-" + std::string(extension) + "\r\n");
    dialogue.server("250 HELP\r\n");
    BOOST_REQUIRE(dialogue.ready);
    return dialogue;
}

}  // namespace client_tests

BOOST_AUTO_TEST_SUITE(client_tests)

BOOST_DATA_TEST_CASE(a_message_goes_out_command_by_command, kPieces, piece) {
    ClientDialogue dialogue(piece);
    BOOST_TEST(dialogue.server("220 mx.example\r\n") == "EHLO me.example\r\n");
    BOOST_TEST(dialogue.server("250 mx.example\r\n").empty());
    BOOST_REQUIRE(dialogue.ready);
    BOOST_TEST(dialogue.begin(message({"a@x.example", "b@x.example"})) ==
               "MAIL FROM:<sender@here.example>\r\n");
    BOOST_TEST(dialogue.server("250 ok\r\n") == "RCPT TO:<a@x.example>\r\n");
    BOOST_TEST(dialogue.server("250 ok\r\n") == "RCPT TO:<b@x.example>\r\n");
    BOOST_TEST(dialogue.server("251 ok\r\n") == "DATA\r\n");
    BOOST_TEST(dialogue.server("354 go on\r\n") == "one line\r\n.\r\n");
    BOOST_TEST((dialogue.awaited() == ClientStep::content));
    BOOST_TEST(dialogue.server("250 2.6.0 queued as 7\r\n").empty());
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    for (const auto& result : dialogue.done[0].recipients)
        BOOST_TEST((result == ClientResult{Kind::accepted, "2.6.0", "", "250 2.6.0 queued as 7"}));
    BOOST_TEST(dialogue.ready);
    BOOST_TEST(dialogue.quit() == "QUIT\r\n");
    BOOST_TEST(!dialogue.closed);
    dialogue.server("221 bye\r\n");
    BOOST_TEST(dialogue.closed);
}

BOOST_DATA_TEST_CASE(with_pipelining_the_envelope_is_one_group, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING", "SIZE 1000", "8BITMIME"});
    auto eight_bit = message({"a@x.example", "b@x.example"});
    eight_bit.content = ClientMessage::Content::eight_bit;
    BOOST_TEST(dialogue.begin(eight_bit) ==
               "MAIL FROM:<sender@here.example> SIZE=10 BODY=8BITMIME\r\n"
               "RCPT TO:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n");
    BOOST_TEST(dialogue.server("250 ok\r\n250 ok\r\n250 ok\r\n354 go on\r\n") == "one line\r\n.\r\n");
    dialogue.server("250 ok\r\n");
    BOOST_TEST(dialogue.done.size() == 1u);
}

BOOST_DATA_TEST_CASE(each_recipient_keeps_its_own_reply, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING"});
    dialogue.begin(message({"a@x.example", "b@x.example", "c@x.example"}));
    dialogue.server("250 ok\r\n550 5.1.1 who?\r\n450 4.2.1 busy\r\n250 ok\r\n354 go\r\n");
    dialogue.server("250 taken\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    const auto& results = dialogue.done[0].recipients;
    BOOST_TEST((results[0] ==
                ClientResult{Kind::failed, "5.1.1", "the host refused the recipient", "550 5.1.1 who?"}));
    BOOST_TEST((results[1] == ClientResult{Kind::deferred, "4.2.1", "the host refused the recipient for now",
                                           "450 4.2.1 busy"}));
    BOOST_TEST((results[2] == ClientResult{Kind::accepted, "2.0.0", "", "250 taken"}));
}

BOOST_DATA_TEST_CASE(a_refused_sender_decides_for_all_recipients, kPieces, piece) {
    auto pipelined = greeted(piece, {"PIPELINING"});
    pipelined.begin(message({"a@x.example", "b@x.example"}));
    pipelined.server("550 5.7.1 not you\r\n503 mail?\r\n250 strange\r\n503 rcpt?\r\n");
    auto stepwise = greeted(piece, {"SIZE"});
    stepwise.begin(message({"a@x.example", "b@x.example"}));
    BOOST_TEST(stepwise.server("550 5.7.1 not you\r\n").empty());
    for (const auto* dialogue : {&pipelined, &stepwise}) {
        BOOST_REQUIRE(dialogue->done.size() == 1u);
        BOOST_TEST(dialogue->ready);
        for (const auto& result : dialogue->done[0].recipients)
            BOOST_TEST(result.reply == "550 5.7.1 not you");
    }
}

BOOST_DATA_TEST_CASE(without_recipients_nothing_is_sent, kPieces, piece) {
    auto stepwise = greeted(piece, {"SIZE"});
    stepwise.begin(message({"a@x.example"}));
    stepwise.server("250 ok\r\n");
    BOOST_TEST(stepwise.server("550 no\r\n").empty());
    BOOST_TEST(stepwise.done.size() == 1u);
}

// RFC 2920 §3.1: DATA was in the group, and its 354 must be ended.
BOOST_DATA_TEST_CASE(a_354_for_nobody_is_ended_by_a_dot, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING"});
    dialogue.begin(message({"a@x.example"}));
    BOOST_TEST(dialogue.server("250 ok\r\n550 no\r\n354 go on\r\n") == ".\r\n");
    BOOST_TEST(dialogue.done.empty());
    dialogue.server("250 taken nothing\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == Kind::failed));
    BOOST_TEST((dialogue.done[0].content == MessageDone::Content::not_sent));
    BOOST_TEST(dialogue.begin(message({"b@x.example"})).starts_with("RSET\r\nMAIL"));
}

BOOST_DATA_TEST_CASE(a_message_after_an_accepted_one_needs_no_reset, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING"});
    dialogue.begin(message({"a@x.example"}));
    dialogue.server("250 ok\r\n250 ok\r\n354 go on\r\n");
    dialogue.server("250 ok\r\n");
    BOOST_TEST(dialogue.begin(message({"b@x.example"})).starts_with("MAIL"));
}

BOOST_DATA_TEST_CASE(a_message_after_a_refused_one_begins_with_a_reset, kPieces, piece) {
    auto dialogue = greeted(piece, {"SIZE"});
    dialogue.begin(message({"a@x.example"}));
    dialogue.server("450 later\r\n");
    BOOST_TEST(dialogue.begin(message({"b@x.example"})) == "RSET\r\n");
    BOOST_TEST(dialogue.server("250 ok\r\n").starts_with("MAIL FROM"));
}

BOOST_DATA_TEST_CASE(a_refused_content_concerns_only_accepted_recipients, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING"});
    dialogue.begin(message({"a@x.example", "b@x.example"}));
    dialogue.server("250 ok\r\n550 no\r\n250 ok\r\n354 go on\r\n");
    dialogue.server("554 5.6.0 spam\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST(dialogue.done[0].recipients[0].reply == "550 no");
    BOOST_TEST(dialogue.done[0].recipients[1].reply == "554 5.6.0 spam");
    BOOST_TEST((dialogue.done[0].content == MessageDone::Content::sent));
}

BOOST_DATA_TEST_CASE(a_server_that_knows_no_EHLO_is_asked_with_HELO, kPieces, piece) {
    ClientDialogue dialogue(piece);
    dialogue.server("220 old.example\r\n");
    BOOST_TEST(dialogue.server("502 what?\r\n") == "HELO me.example\r\n");
    dialogue.server("250 hello\r\n");
    BOOST_TEST(dialogue.ready);
    BOOST_TEST(dialogue.begin(message({"a@x.example"})) == "MAIL FROM:<sender@here.example>\r\n");
}

BOOST_DATA_TEST_CASE(a_refusing_greeting_refuses_the_host, kPieces, piece) {
    ClientDialogue dialogue(piece);
    BOOST_TEST(dialogue.server("554 no mail here\r\n") == "QUIT\r\n");
    BOOST_REQUIRE(dialogue.refused);
    BOOST_TEST((*dialogue.refused ==
                ClientResult{Kind::failed, "5.0.0", "the host refused the connection", "554 no mail here"}));
    dialogue.server("221 bye\r\n");
    BOOST_TEST(dialogue.closed);
}

BOOST_DATA_TEST_CASE(a_temporary_reply_to_EHLO_defers_and_is_no_reason_for_HELO, kPieces, piece) {
    ClientDialogue dialogue(piece);
    dialogue.server("220 mx.example\r\n");
    BOOST_TEST(dialogue.server("450 later\r\n") == "QUIT\r\n");
    BOOST_TEST((dialogue.refused->kind == Kind::deferred));
}

BOOST_DATA_TEST_CASE(closing_down_ends_the_conversation_anywhere, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING"});
    dialogue.begin(message({"a@x.example", "b@x.example"}));
    dialogue.server("250 ok\r\n550 no\r\n421 4.3.2 closing\r\n");
    BOOST_TEST(dialogue.closed);
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == Kind::failed));
    BOOST_TEST((dialogue.done[0].recipients[1] ==
                ClientResult{Kind::deferred, "4.3.2", "the host closed down", "421 4.3.2 closing"}));
    dialogue.server("250 ok\r\n");
    BOOST_TEST(dialogue.done.size() == 1u);

    ClientDialogue greeting(piece);
    greeting.server("421 busy\r\n");
    BOOST_TEST((greeting.refused->kind == Kind::deferred));
    BOOST_TEST(greeting.closed);
}

BOOST_DATA_TEST_CASE(a_lost_connection_defers_who_is_undecided, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING"});
    dialogue.begin(message({"a@x.example", "b@x.example"}));
    dialogue.server("250 ok\r\n550 no\r\n250 ok\r\n354 go on\r\n");
    dialogue.end(End::closed);
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == Kind::failed));
    BOOST_TEST((dialogue.done[0].recipients[1] ==
                ClientResult{Kind::deferred, "4.4.2", "the host closed the connection", ""}));
    BOOST_TEST((dialogue.done[0].content == MessageDone::Content::sent));
    BOOST_TEST(dialogue.closed);
    dialogue.end(End::broken);
    BOOST_TEST(dialogue.done.size() == 1u);
}

BOOST_DATA_TEST_CASE(a_host_that_never_greets_is_refused, kPieces, piece) {
    ClientDialogue dialogue(piece);
    dialogue.end(End::timed_out);
    BOOST_TEST(dialogue.refused->reason == "the host did not answer in time");
    BOOST_TEST(dialogue.closed);
}

BOOST_DATA_TEST_CASE(garbage_and_replies_that_nobody_asked_for_break_the_conversation, kPieces, piece) {
    for (const auto* garbage :
         {"HTTP/1.1 400\r\n", "250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 a\r\n250 more\r\n"}) {
        auto dialogue = greeted(piece, {"PIPELINING"});
        dialogue.begin(message({"a@x.example", "b@x.example"}));
        dialogue.server(garbage);
        BOOST_TEST(dialogue.closed);
        BOOST_TEST(dialogue.done.size() == 1u);
    }
}

// Otherwise the next message would be begun on a conversation that is over.
BOOST_DATA_TEST_CASE(a_reply_too_many_behind_the_last_one_leaves_nothing_ready, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING"});
    dialogue.begin(message({"a@x.example"}));
    dialogue.server("250 ok\r\n250 ok\r\n354 go\r\n");
    dialogue.ready = false;
    dialogue.server("250 taken\r\n250 and again\r\n");
    BOOST_TEST((dialogue.done.at(0).recipients.at(0).kind == Kind::accepted));
    BOOST_TEST(dialogue.closed);
    BOOST_TEST(dialogue.begin(message({"b@x.example"})).empty());
    BOOST_TEST((dialogue.done.at(1).recipients.at(0).kind == Kind::deferred));
}

BOOST_AUTO_TEST_CASE(a_client_that_is_lost_before_anybody_saw_it_ready_is_not_ready) {
    Client client("me.example");
    client.receive("220 x\r\n");
    client.receive("250 x\r\n250 x\r\n");
    std::vector<ClientEffect> effects;
    while (auto effect = client.next()) effects.push_back(*std::move(effect));
    BOOST_REQUIRE(effects.size() == 2u);
    BOOST_TEST(std::holds_alternative<Send>(effects[0]));
    BOOST_TEST(std::holds_alternative<Close>(effects[1]));
}

BOOST_AUTO_TEST_CASE(a_reply_in_the_middle_of_the_content_is_no_acceptance) {
    Client client("me.example");
    const auto drain = [&] {
        std::vector<ClientEffect> effects;
        while (auto effect = client.next()) {
            if (std::holds_alternative<NeedBody>(*effect)) break;
            effects.push_back(*std::move(effect));
        }
        return effects;
    };
    client.receive("220 x\r\n");
    client.receive("250 x\r\n");
    client.begin(message({"a@x.example"}));
    for (const auto* reply : {"250 ok\r\n", "250 ok\r\n", "354 go\r\n"}) client.receive(reply);
    drain();
    client.body("half");
    client.receive("250 ok\r\n");
    const auto effects = drain();
    BOOST_REQUIRE(effects.size() == 3u);  // what was sent, and then
    const auto& result = std::get<MessageDone>(effects[1]).recipients[0];
    BOOST_TEST((result.kind == Kind::deferred));
    BOOST_TEST((std::holds_alternative<Close>(effects[2])));
    client.body("the rest");
    client.end_body();
    BOOST_TEST(!client.next());
}

BOOST_AUTO_TEST_CASE(what_the_host_announces_not_to_take_is_not_sent) {
    auto small = greeted(1, {"SIZE 9"});
    BOOST_TEST(small.begin(message({"a@x.example"})).empty());
    BOOST_TEST(small.done[0].recipients[0].status == "5.3.4");
    BOOST_TEST(small.ready);

    auto seven_bit = greeted(1, {"PIPELINING"});
    auto eight_bit = message({"a@x.example"});
    eight_bit.content = ClientMessage::Content::eight_bit;
    BOOST_TEST(seven_bit.begin(eight_bit).empty());
    BOOST_TEST(seven_bit.done[0].recipients[0].status == "5.6.3");
    BOOST_TEST(seven_bit.begin(message({"a@x.example"})).starts_with("MAIL"));
}

// RFC 3030 §3: never by DATA.
BOOST_AUTO_TEST_CASE(binary_content_is_not_sent_as_text) {
    auto capable = greeted(1, {"8BITMIME"});
    auto binary = message({"a@x.example"});
    binary.content = ClientMessage::Content::binary;
    BOOST_TEST(capable.begin(binary).empty());
    BOOST_TEST(capable.done[0].recipients[0].status == "5.6.1");
    BOOST_TEST((capable.done[0].recipients[0].kind == Kind::failed));
}

// RFC 5321 §4.5.3.1.10
BOOST_AUTO_TEST_CASE(recipients_that_are_too_many_wait_for_the_next_transaction) {
    auto dialogue = greeted(100, {"PIPELINING"});
    dialogue.begin(message({"a@x.example", "b@x.example", "c@x.example", "d@x.example"}));
    dialogue.server("250 ok\r\n250 ok\r\n452 4.5.3 too many\r\n552 too many\r\n552 5.2.2 full\r\n354 go\r\n");
    dialogue.server("250 ok\r\n");
    const auto& results = dialogue.done[0].recipients;
    BOOST_TEST((results[0].kind == Kind::accepted));
    BOOST_TEST((results[1].kind == Kind::crowded_out));
    BOOST_TEST((results[2].kind == Kind::crowded_out));
    BOOST_TEST((results[3].kind == Kind::failed));
}

BOOST_AUTO_TEST_CASE(too_many_from_the_first_one_on_is_only_a_refusal) {
    auto dialogue = greeted(100, {"PIPELINING"});
    dialogue.begin(message({"a@x.example"}));
    dialogue.server("250 ok\r\n452 4.5.3 too many\r\n503 no\r\n");
    BOOST_TEST((dialogue.done[0].recipients[0].kind == Kind::deferred));
}

BOOST_AUTO_TEST_CASE(dots_are_stuffed_and_the_null_reverse_path_is_empty) {
    auto dialogue = greeted(100, {"PIPELINING"});
    auto bounce = message({"a@x.example"});
    bounce.reverse_path.reset();
    dialogue.content = ".hidden\r\n..\r\nno end";
    BOOST_TEST(dialogue.begin(bounce).starts_with("MAIL FROM:<>\r\n"));
    BOOST_TEST(dialogue.server("250 ok\r\n250 ok\r\n354 go\r\n") == "..hidden\r\n...\r\nno end\r\n.\r\n");
}

BOOST_DATA_TEST_CASE(a_question_ends_at_the_recipients, kPieces, piece) {
    auto dialogue = greeted(piece, {"PIPELINING", "SIZE 1000"});
    auto question = message({"bob@x.example", "eve@x.example"});
    question.reverse_path = std::nullopt;
    question.aim = ClientMessage::Aim::ask;
    BOOST_TEST(dialogue.begin(question) ==
               "MAIL FROM:<>\r\nRCPT TO:<bob@x.example>\r\nRCPT TO:<eve@x.example>\r\n");
    dialogue.server("250 ok\r\n250 2.1.5 ok\r\n550 5.1.1 who?\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == Kind::accepted));
    BOOST_TEST((dialogue.done[0].recipients[1].kind == Kind::failed));
    BOOST_TEST(dialogue.ready);
    BOOST_TEST(dialogue.begin(question).starts_with("RSET\r\nMAIL FROM:<>\r\n"));
}

BOOST_DATA_TEST_CASE(a_refused_sender_is_no_answer_to_a_question, kPieces, piece) {
    auto dialogue = greeted(piece, {});
    auto question = message({"bob@x.example"});
    question.aim = ClientMessage::Aim::ask;
    BOOST_TEST(dialogue.begin(question) == "MAIL FROM:<sender@here.example>\r\n");
    BOOST_TEST(dialogue.server("550 5.7.1 not from you\r\n") == "");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST((dialogue.done[0].recipients[0].kind == Kind::deferred));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::smtp
