// SPDX-License-Identifier: BSD-2-Clause
#include "mail/trace.hpp"

#include <array>

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::mail;

namespace trace_tests {

Envelope envelope() {
    Envelope e;
    e.recipients = {{*Address::parse("bob@example.org")}};
    e.peer.ip = "192.0.2.7";
    e.peer.helo = "client.example";
    e.received = *parse_rfc3339("2026-11-21T20:30:05Z");
    e.protocol = Protocol::esmtp;
    return e;
}

std::string received(const Envelope& e) { return received_field(e, "mx.example", "abc"); }

}  // namespace trace_tests

BOOST_AUTO_TEST_SUITE(trace_tests)

BOOST_AUTO_TEST_CASE(a_received_field_says_all_that_rfc_5321_wants) {
    BOOST_TEST(received(envelope()) ==
               "Received: from client.example ([192.0.2.7])\r\n"
               "\tby mx.example with ESMTP id abc\r\n"
               "\tfor <bob@example.org>;\r\n"
               "\tSat, 21 Nov 2026 20:30:05 +0000\r\n");
}

BOOST_AUTO_TEST_CASE(helo_is_smtp) {
    Envelope e = envelope();
    e.protocol = Protocol::smtp;
    BOOST_TEST(received(e).find(" with SMTP id ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(with_smtputf8_it_is_utf8smtp) {  // RFC 6531 §4.3
    Envelope e = envelope();
    e.smtputf8 = true;
    e.recipients = {{*Address::parse("jürgen@bücher.example")}};
    BOOST_TEST(received(e).find(" with UTF8SMTP id abc\r\n\tfor <jürgen@xn--bcher-kva.example>;\r\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(tls_and_authentication_are_letters_of_the_protocol) {  // RFC 3848, RFC 6531 §4.3
    struct Row {
        Protocol protocol;
        bool smtputf8, tls, authenticated;
        std::string_view name;
    };
    constexpr std::array rows{Row{Protocol::esmtp, false, true, false, "ESMTPS"},
                              Row{Protocol::esmtp, false, false, true, "ESMTPA"},
                              Row{Protocol::esmtp, false, true, true, "ESMTPSA"},
                              Row{Protocol::esmtp, true, true, true, "UTF8SMTPSA"},
                              Row{Protocol::lmtp, false, true, false, "LMTPS"},
                              Row{Protocol::lmtp, true, true, true, "UTF8LMTPSA"},
                              Row{Protocol::smtp, false, true, true, "SMTP"}};
    for (const auto& row : rows) {
        Envelope e = envelope();
        e.protocol = row.protocol;
        e.smtputf8 = row.smtputf8;
        if (row.tls) e.peer.tls = "TLSv1.3 TLS_AES_256_GCM_SHA384";
        if (row.authenticated) e.peer.user = "bob@example.org";
        BOOST_TEST(received(e).find(" with " + std::string(row.name) + " id ") != std::string::npos,
                   row.name);
    }
}

BOOST_AUTO_TEST_CASE(a_user_of_this_machine_has_not_authenticated) {
    Envelope e = envelope();
    e.peer.user = "bob@example.org";
    e.peer.login = "bob";
    BOOST_TEST(received(e).find(" with ESMTP id ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_cipher_is_told) {  // RFC 8314 §4.3
    Envelope e = envelope();
    e.peer.tls = "TLSv1.3 TLS_AES_256_GCM_SHA384";
    BOOST_TEST(received(e) ==
               "Received: from client.example ([192.0.2.7])\r\n"
               "\tby mx.example with ESMTPS id abc\r\n"
               "\tfor <bob@example.org>\r\n"
               "\ttls TLS_AES_256_GCM_SHA384 (TLSv1.3);\r\n"
               "\tSat, 21 Nov 2026 20:30:05 +0000\r\n");
}

BOOST_AUTO_TEST_CASE(without_smtputf8_the_field_is_ascii) {
    Envelope e = envelope();
    e.recipients = {{*Address::parse("jürgen@example.org")}};
    BOOST_TEST(received(e).find("for ") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(two_recipients_are_not_disclosed_to_each_other) {
    Envelope e = envelope();
    e.recipients.push_back({*Address::parse("carol@example.org")});
    BOOST_TEST(received(e).find("for ") == std::string::npos);
    BOOST_TEST(received(e).find("id abc;\r\n\tSat") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_name_of_the_peer_stands_before_its_address) {
    Envelope e = envelope();
    e.peer.name = "host.example";
    BOOST_TEST(received(e).find("(host.example [192.0.2.7])") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_ipv6_peer_is_an_ipv6_literal) {
    Envelope e = envelope();
    e.peer.ip = "2001:db8::7";
    BOOST_TEST(received(e).find("([IPv6:2001:db8::7])") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_the_peer_says_of_itself_cannot_break_out) {
    Envelope e = envelope();
    e.peer.helo = "a)\r\nX-Forged: yes;(\x80";
    e.peer.name = "n\r\nX: y";
    const std::string text = received(e);
    BOOST_TEST(text.find("from a???X-Forged:?yes???") != std::string::npos);
    BOOST_TEST(text.find("(n??X:?y [192.0.2.7])") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_local_peer_has_no_address) {
    Envelope e = envelope();
    e.peer.ip.clear();
    BOOST_TEST(received(e).starts_with("Received: from client.example\r\n\tby "));
}

BOOST_AUTO_TEST_CASE(a_user_of_this_machine_is_named) {
    auto e = envelope();
    e.peer.ip.clear();
    e.peer.login = "al)ice";
    BOOST_TEST(received_field(e, "mx.example", "id1")
                   .starts_with("Received: from client.example (local user al?ice)\r\n"));
}

BOOST_AUTO_TEST_CASE(lhlo_is_lmtp) {
    auto e = envelope();
    e.protocol = Protocol::lmtp;
    BOOST_TEST(received_field(e, "mx.example", "id1").find(" with LMTP id ") != std::string::npos);
    e.smtputf8 = true;
    BOOST_TEST(received_field(e, "mx.example", "id1").find(" with UTF8LMTP id ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_return_path_of_a_bounce_is_empty) {
    BOOST_TEST(return_path_field(std::nullopt) == "Return-Path: <>\r\n");
    BOOST_TEST(return_path_field(Address::parse("\"a b\"@c.example")) ==
               "Return-Path: <\"a b\"@c.example>\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
