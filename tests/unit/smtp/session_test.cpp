// SPDX-License-Identifier: BSD-2-Clause
// What no transcript can show: questions that stay open, notes for the log, answers of the wrong kind.
#include "smtp/session.hpp"

#include <boost/test/unit_test.hpp>

#include "smtp/replies.hpp"

using namespace postern;
using namespace postern::smtp;

namespace session_tests {

SessionFacts facts() {
    SessionFacts f;
    f.hostname = "mx.example";
    f.peer.ip = "192.0.2.7";
    return f;
}

/// All that comes out until a question or nothing does; Sends as text, the others by name.
std::string drain(Session& session) {
    std::string out;
    while (auto effect = session.next()) {
        if (const auto* send = std::get_if<Send>(&*effect)) out += send->bytes;
        if (const auto* note = std::get_if<Note>(&*effect)) out += "[note " + note->text + "]";
        if (std::holds_alternative<AskSender>(*effect)) out += "[sender?]";
        if (std::holds_alternative<AskRecipient>(*effect)) out += "[recipient?]";
        if (std::holds_alternative<BeginMessage>(*effect)) out += "[begin?]";
        if (std::holds_alternative<CommitMessage>(*effect)) out += "[commit?]";
        if (std::holds_alternative<AbandonMessage>(*effect)) out += "[abandon]";
        if (std::holds_alternative<Close>(*effect)) out += "[close]";
    }
    return out;
}

std::string say(Session& session, std::string_view octets) {
    session.receive(octets);
    return drain(session);
}

std::string answer(Session& session, const Answer& given) {
    session.answer(given);
    return drain(session);
}

/// A session whose message waits for the answer to its commit.
struct AtCommit {
    Session session{facts()};
    AtCommit() {
        drain(session);
        say(session, "EHLO client.example\r\nMAIL FROM:<carol@client.example>\r\n");
        answer(session, Verdict::accept());
        say(session, "RCPT TO:<alice@example.org>\r\n");
        answer(session, RecipientVerdict{Verdict::accept()});
        say(session, "DATA\r\n");
        answer(session, Verdict::accept());
        BOOST_REQUIRE(say(session, "text\r\n.\r\n") == "[commit?]");
    }
};

}  // namespace session_tests

BOOST_AUTO_TEST_SUITE(session_tests)

BOOST_AUTO_TEST_CASE(while_a_question_is_open_nothing_comes_out) {
    Session session(facts());
    drain(session);
    BOOST_TEST(say(session, "EHLO client.example\r\nMAIL FROM:<>\r\nNOOP\r\n").ends_with("[sender?]"));
    BOOST_TEST(say(session, "QUIT\r\n").empty());
    session.receive_end(End::told_to_stop);
    BOOST_TEST(drain(session).empty());
    BOOST_TEST(answer(session, Verdict::accept()) ==
               "250 2.1.0 Sender OK\r\n250 2.0.0 OK\r\n221 2.0.0 Bye\r\n[note quit][close]");
}

BOOST_AUTO_TEST_CASE(no_250_before_the_commit_is_answered) {
    AtCommit at;
    BOOST_TEST(drain(at.session).empty());
    BOOST_TEST(answer(at.session, CommitVerdict{Verdict::accept(), "abc"}) == "250 2.0.0 Queued as abc\r\n");
}

BOOST_AUTO_TEST_CASE(a_stop_waits_for_an_open_commit) {
    AtCommit at;
    at.session.receive_end(End::told_to_stop);
    BOOST_TEST(drain(at.session).empty());
    BOOST_TEST(answer(at.session, CommitVerdict{Verdict::accept(), "abc"}) ==
               "250 2.0.0 Queued as abc\r\n421 4.3.2 The service is stopping\r\n[note stopping][close]");
}

BOOST_AUTO_TEST_CASE(an_answer_of_the_wrong_kind_accepts_nothing) {
    AtCommit at;
    BOOST_TEST(
        answer(at.session, Verdict::accept()).ends_with("451 4.3.0 Local trouble, try again later\r\n"));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_noted_in_one_line_with_its_reason) {
    Session session(facts());
    drain(session);
    say(session, "EHLO client.example\r\nMAIL FROM:<carol@client.example>\r\n");
    answer(session, Verdict::accept());
    say(session, "RCPT TO:<nobody@example.org>\r\n");
    BOOST_TEST(answer(session, RecipientVerdict{Verdict::refuse(replies::no_such_user)})
                   .starts_with("[note RCPT TO:<nobody@example.org>: 550 5.1.1 No such user here]"));
}

BOOST_AUTO_TEST_CASE(an_answer_can_put_another_address_into_the_envelope) {
    Session session(facts());
    drain(session);
    say(session, "EHLO client.example\r\nMAIL FROM:<>\r\n");
    answer(session, Verdict::accept());
    say(session, "RCPT TO:<postmaster@[192.0.2.1]>\r\n");
    answer(session, RecipientVerdict{Verdict::accept(), mail::Address::parse("postmaster@example.org")});
    session.receive("DATA\r\n");
    const auto effect = session.next();
    BOOST_REQUIRE(effect);
    BOOST_TEST(std::get<BeginMessage>(*effect).envelope.recipients.front().address.to_string() ==
               "postmaster@example.org");
}

BOOST_AUTO_TEST_CASE(after_close_nothing_comes_out_whatever_goes_in) {
    Session session(facts());
    drain(session);
    BOOST_TEST(say(session, "QUIT\r\n").ends_with("[close]"));
    BOOST_TEST(say(session, "EHLO client.example\r\n").empty());
    session.receive_end(End::timed_out);
    BOOST_TEST(answer(session, Verdict::accept()).empty());
}

BOOST_AUTO_TEST_CASE(a_response_within_auth_may_have_12288_octets) {
    // RFC 4954 §4; as a transcript it would be split in twelve thousand ways.
    auto of_submission = facts();
    of_submission.service = rules_of(kServices, "local");
    Session session(of_submission);
    drain(session);
    say(session, "EHLO client.example\r\n");
    BOOST_TEST(say(session, "AUTH PLAIN\r\n") == "334 \r\n");
    BOOST_TEST(say(session, std::string(12'286, 'A') + "\r\n").find("501 5.5.2") != std::string::npos);
    BOOST_TEST(say(session, "AUTH PLAIN\r\n") == "334 \r\n");
    BOOST_TEST(say(session, std::string(12'287, 'A') + "\r\n").find("500 5.5.6") != std::string::npos);
    BOOST_TEST(say(session, "AUTH PLAIN " + std::string(12'275, 'A') + "\r\n").find("501 5.5.2") !=
               std::string::npos);
    BOOST_TEST(say(session, "AUTH PLAIN " + std::string(12'276, 'A') + "\r\n").find("500 5.5.2") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
