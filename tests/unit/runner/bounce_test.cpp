// SPDX-License-Identifier: BSD-2-Clause
#include "runner/bounce.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_spool.hpp"

using namespace postern;
using runner::BounceFacts;
using runner::FailedRecipient;
using test::address;
using Kind = spool::Outcome::Kind;

namespace {

BounceFacts facts() {
    return {*spool::MessageId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
            *spool::MessageId::parse("bbbbbbbbbbbbbbbbbbbbbbbbbb"),
            "mx.example.org",
            address("alice@example.net"),
            *parse_rfc3339("2026-11-21T20:30:00Z"),
            *parse_rfc3339("2026-11-21T21:00:05Z"),
            {},
            "Subject: hello\r\nFrom: alice@example.net\r\n"};
}

FailedRecipient refused_by_host() {
    FailedRecipient failed{address("bob@example.com")};
    failed.orcpt = "rfc822;bob+2Bx@example.com";
    failed.outcome = {Kind::failed,
                      {},
                      "5.1.1",
                      "refused by the server",
                      "mx.example.com [192.0.2.1]",
                      "550 5.1.1 who is that?"};
    return failed;
}

FailedRecipient unknown_here() {
    FailedRecipient failed{address("carol@example.org")};
    failed.addressed_as = address("list@example.org");
    failed.outcome = {Kind::failed, {}, "5.1.1", "no such user here"};
    return failed;
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

}  // namespace

BOOST_AUTO_TEST_SUITE(bounce_tests)

BOOST_AUTO_TEST_CASE(a_report_reads_like_this) {
    BounceFacts told = facts();
    told.failed = {refused_by_host(), unknown_here()};
    BOOST_TEST(runner::bounce_text(told) ==
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
    BounceFacts told = facts();
    FailedRecipient failed = refused_by_host();
    failed.outcome.reply = "550 no\r\nBcc: eve@example.org\r\n\r\n--=_aaaa\xff\x01" + std::string(5000, 'x');
    failed.outcome.host = "mx\r\nBcc: eve@example.org";
    failed.outcome.status = "5.1.1\r\nX: y";
    failed.outcome.reason = "caf\xc3\xa9\nBcc: eve@example.org";
    failed.orcpt = "rfc822;x+0D+0ABcc:+20eve";
    told.failed = {failed};
    const std::string text = runner::bounce_text(told);
    check_lines(text);
    BOOST_TEST(text.find("\nBcc:") == std::string::npos);
    BOOST_TEST(text.find("\nX:") == std::string::npos);
    BOOST_TEST(text.find("\n--=_aaaa?") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_header_that_is_not_seven_bit_is_encoded) {
    BounceFacts told = facts();
    told.failed = {unknown_here()};
    told.header = "Subject: caf\xc3\xa9\r\nX: " + std::string(3000, 'y') + "\r\n";
    const std::string text = runner::bounce_text(told);
    check_lines(text);
    BOOST_TEST(text.find("Content-Transfer-Encoding: quoted-printable\r\n\r\nSubject: caf=C3=A9\r\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_left_out) {
    BounceFacts told = facts();
    FailedRecipient failed{address("bob@example.com")};
    told.failed = {failed};
    const std::string text = runner::bounce_text(told);
    BOOST_TEST(text.find("Diagnostic-Code") == std::string::npos);
    BOOST_TEST(text.find("Remote-MTA") == std::string::npos);
    BOOST_TEST(text.find("Original-Recipient") == std::string::npos);
    BOOST_TEST(text.find("Status: 5.0.0\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
