// SPDX-License-Identifier: BSD-2-Clause
#include "runner/bounce.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_spool.hpp"

using namespace postern;
using runner::ReportedRecipient;
using runner::ReportFacts;
using runner::ReportKind;
using test::address;
using Kind = spool::Outcome::Kind;

namespace bounce_tests {

ReportFacts facts() {
    return {ReportKind::failure,
            *spool::MessageId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
            *spool::MessageId::parse("bbbbbbbbbbbbbbbbbbbbbbbbbb"),
            "mx.example.org",
            address("alice@example.net"),
            address("alice@example.net"),
            *parse_rfc3339("2026-11-21T20:30:00Z"),
            *parse_rfc3339("2026-11-21T21:00:05Z"),
            *parse_rfc3339("2026-11-26T20:30:00Z"),
            {},
            "Subject: hello\r\nFrom: alice@example.net\r\n"};
}

ReportedRecipient refused_by_host() {
    ReportedRecipient failed{address("bob@example.com")};
    failed.orcpt = "rfc822;bob+2Bx@example.com";
    failed.outcome = {Kind::failed,
                      {},
                      "5.1.1",
                      "refused by the server",
                      "mx.example.com [192.0.2.1]",
                      "550 5.1.1 who is that?"};
    return failed;
}

ReportedRecipient unknown_here() {
    ReportedRecipient failed{address("carol@example.org")};
    failed.addressed_as = address("list@example.org");
    failed.outcome = {Kind::failed, {}, "5.1.1", "no such user here"};
    return failed;
}

std::string text_of(const ReportFacts& told) {
    return runner::report_text(told, runner::built_in_template(told.kind));
}

/// Every line ends in CRLF, holds printable ASCII and is short enough for SMTP.
void check_lines(const std::string& text) {
    BOOST_TEST(text.ends_with("\r\n"));
    for (std::size_t start = 0, end = 0; start < text.size(); start = end + 2) {
        end = text.find("\r\n", start);
        const std::string line = text.substr(start, end - start);
        BOOST_TEST(line.size() <= 998u);
        for (const char c : line) BOOST_TEST(((c >= 0x20 && c <= 0x7e) || c == '\t'), line);
    }
}

}  // namespace bounce_tests

BOOST_AUTO_TEST_SUITE(bounce_tests)

BOOST_AUTO_TEST_CASE(a_report_reads_like_this) {
    ReportFacts told = facts();
    told.recipients = {refused_by_host(), unknown_here()};
    BOOST_TEST(text_of(told) ==
               "From: MAILER-DAEMON@mx.example.org\r\n"
               "To: alice@example.net\r\n"
               "Subject: Your message could not be delivered\r\n"
               "Date: Sat, 21 Nov 2026 21:00:05 +0000\r\n"
               "Message-ID: <aaaaaaaaaaaaaaaaaaaaaaaaaa@mx.example.org>\r\n"
               "Auto-Submitted: auto-replied\r\n"
               "MIME-Version: 1.0\r\n"
               "Content-Type: multipart/report; report-type=delivery-status;\r\n"
               " boundary=\"=_aaaaaaaaaaaaaaaaaaaaaaaaaa\"\r\n"
               "\r\n"
               "--=_aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
               "Content-Type: text/plain; charset=us-ascii\r\n"
               "\r\n"
               "The mail server mx.example.org could not deliver your message of Sat, 21 Nov\r\n"
               "2026 20:30:00 +0000 to the recipients below, and will not try again.\r\n"
               "\r\n"
               "  bob@example.com\r\n"
               "    refused by the server (status 5.1.1)\r\n"
               "    The server mx.example.com [192.0.2.1] answered: 550 5.1.1 who is that?\r\n"
               "\r\n"
               "  carol@example.org\r\n"
               "    (reached through list@example.org)\r\n"
               "    no such user here (status 5.1.1)\r\n"
               "\r\n"
               "Attached are the same facts for programs, and the header of your message.\r\n"
               "\r\n"
               "--=_aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
               "Content-Type: message/delivery-status\r\n"
               "\r\n"
               "Reporting-MTA: dns; mx.example.org\r\n"
               "X-Postern-Id: bbbbbbbbbbbbbbbbbbbbbbbbbb\r\n"
               "Arrival-Date: Sat, 21 Nov 2026 20:30:00 +0000\r\n"
               "\r\n"
               "Original-Recipient: rfc822;bob+x@example.com\r\n"
               "Final-Recipient: rfc822; bob@example.com\r\n"
               "Action: failed\r\n"
               "Status: 5.1.1\r\n"
               "Remote-MTA: dns; mx.example.com\r\n"
               "Diagnostic-Code: smtp; 550 5.1.1 who is that?\r\n"
               "Last-Attempt-Date: Sat, 21 Nov 2026 21:00:05 +0000\r\n"
               "\r\n"
               "Final-Recipient: rfc822; carol@example.org\r\n"
               "Action: failed\r\n"
               "Status: 5.1.1\r\n"
               "Diagnostic-Code: x-postern; no such user here\r\n"
               "Last-Attempt-Date: Sat, 21 Nov 2026 21:00:05 +0000\r\n"
               "\r\n"
               "--=_aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
               "Content-Type: text/rfc822-headers\r\n"
               "\r\n"
               "Subject: hello\r\n"
               "From: alice@example.net\r\n"
               "\r\n"
               "--=_aaaaaaaaaaaaaaaaaaaaaaaaaa--\r\n");
}

BOOST_AUTO_TEST_CASE(words_of_a_hostile_host_stay_words) {
    ReportFacts told = facts();
    ReportedRecipient failed = refused_by_host();
    failed.outcome.reply = "550 no\r\nBcc: eve@example.org\r\n\r\n--=_aaaa\xff\x01" + std::string(5000, 'x');
    failed.outcome.host = "mx\r\nBcc: eve@example.org";
    failed.outcome.status = "5.1.1\r\nX: y";
    failed.outcome.reason = "caf\xc3\xa9\nBcc: eve@example.org";
    failed.orcpt = "rfc822;x+0D+0ABcc:+20eve";
    told.recipients = {failed};
    const std::string text = text_of(told);
    check_lines(text);
    BOOST_TEST(text.find("\nBcc:") == std::string::npos);
    BOOST_TEST(text.find("\nX:") == std::string::npos);
    BOOST_TEST(text.find("\n--=_aaaa?") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_header_that_is_not_seven_bit_is_encoded) {
    ReportFacts told = facts();
    told.recipients = {unknown_here()};
    told.header = "Subject: caf\xc3\xa9\r\nX: " + std::string(3000, 'y') + "\r\n";
    const std::string text = text_of(told);
    check_lines(text);
    BOOST_TEST(text.find("Content-Transfer-Encoding: quoted-printable\r\n\r\nSubject: caf=C3=A9\r\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_delay_tells_until_when_it_is_tried) {
    ReportFacts told = facts();
    told.kind = ReportKind::delay;
    ReportedRecipient late{address("bob@example.com")};
    late.outcome = {Kind::deferred, {}, "4.4.1", "no host accepts a connection"};
    told.recipients = {late};
    const std::string text = text_of(told);
    check_lines(text);
    for (const char* words :
         {"Subject: Your message is delayed\r\n",
          "to the recipients below yet, and goes on trying until\r\nThu, 26 Nov 2026 20:30:00 +0000.\r\n",
          "Action: delayed\r\nStatus: 4.4.1\r\n",
          "\r\nWill-Retry-Until: Thu, 26 Nov 2026 20:30:00 +0000\r\n"})
        BOOST_TEST(text.find(words) != std::string::npos, words);
}

BOOST_AUTO_TEST_CASE(every_placeholder_has_a_value) {
    ReportFacts told = facts();
    told.kind = ReportKind::delay;
    told.header = "X: y\r\nSubject: a\r\n folded one\r\nSubject: b\r\n";
    told.sender.reset();
    told.now = told.arrived + std::chrono::seconds(59);
    const runner::ReportTemplate short_words{"x", "[{age}] [{sender}] [{subject}] [{recipients}]\n"};
    BOOST_TEST(runner::report_text(told, short_words).find("\r\n\r\n[59s] [<>] [a folded one] []\r\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_nasty_subject_stays_in_its_line) {
    const std::string nasty[] = {"x\rBcc: eve@example.org", "x\nBcc: eve@example.org",
                                 "bell\x07 esc\x1b[2J",     "caf\xc3\xa9 \xff",
                                 std::string(5000, 'x'),    "=?utf-8?Q?a=0D=0ABcc:_x?=",
                                 "{recipients} {hostname}", std::string("nul\0nul", 7)};
    for (const auto& subject : nasty) {
        ReportFacts told = facts();
        told.recipients = {refused_by_host()};
        told.header = "Subject: " + subject + "\r\nX: y\r\n";
        const runner::ReportTemplate words{"Not delivered: {subject}", "Your message {subject} was lost.\n"};
        const std::string text = runner::report_text(told, words);
        check_lines(text);
        const std::string header = text.substr(0, text.find("\r\n\r\n"));
        BOOST_TEST(header.find("\nBcc") == std::string::npos);
        BOOST_TEST(header.find("\r\nDate: ") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_subject_in_utf_8_is_in_encoded_words) {
    const runner::ReportTemplate words{"Nicht zugestellt: Gr\xc3\xbc\xc3\x9f Gott, {subject}",
                                       "Gr\xc3\xbc\xc3\x9f Gott\n"};
    const std::string text = runner::report_text(facts(), words);
    check_lines(text);
    BOOST_TEST(
        text.find(
            "Subject: =?utf-8?Q?Nicht_zugestellt=3A_Gr?=\r\n =?utf-8?Q?=C3=BC=C3=9F_Gott=2C_hello?=\r\n") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_left_out) {
    ReportFacts told = facts();
    ReportedRecipient failed{address("bob@example.com")};
    told.recipients = {failed};
    const std::string text = text_of(told);
    BOOST_TEST(text.find("Diagnostic-Code") == std::string::npos);
    BOOST_TEST(text.find("Remote-MTA") == std::string::npos);
    BOOST_TEST(text.find("Original-Recipient") == std::string::npos);
    BOOST_TEST(text.find("Status: 5.0.0\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
