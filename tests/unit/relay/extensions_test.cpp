// SPDX-License-Identifier: BSD-2-Clause
// Mail that needs more of its host than plain SMTP, at hosts that have it and at hosts that have not.
#include <boost/test/unit_test.hpp>

#include "pass_fixture.hpp"

namespace postern::relay {

namespace extensions_tests {

struct ExtensionsFixture : PassFixture {
    /// A message in relay/now for this envelope.
    void queue_with(mail::Envelope envelope, std::string_view content) {
        const auto id = test::must(spool.queue(envelope, content));
        auto message = spool.claim(spool.path_in_received(id));
        test::must(message.move_to(spool.layout.now(spool::Lane::relay),
                                   spool::RelayName{5, id, "a.example"}.to_string()));
    }
    mail::Envelope international() {
        auto envelope = spool.envelope({"gr\xc3\xbc\xc3\x9f@a.example"}, "alice@here.example");
        envelope.smtputf8 = true;
        return envelope;
    }
    FakeHost& host() { return network.host("192.0.2.10"); }
};

constexpr std::string_view kText = "Subject: x\r\n\r\nhello\r\n";

}  // namespace extensions_tests

BOOST_FIXTURE_TEST_SUITE(extensions_tests, extensions_tests::ExtensionsFixture)

BOOST_AUTO_TEST_CASE(a_host_with_dsn_is_told_and_owes_the_reports) {
    host().extensions = "PIPELINING,DSN";
    auto envelope = spool.envelope({"bob@a.example"}, "alice@here.example");
    envelope.ret = mail::ReturnedPart::header;
    envelope.envid = "X1";
    envelope.recipients[0].notify = "SUCCESS";
    envelope.recipients[0].orcpt = "rfc822;Bob@a.example";
    queue_with(envelope, kText);
    pass();
    BOOST_TEST(host().count("MAIL FROM:<alice@here.example> RET=HDRS ENVID=X1") == 1u);
    BOOST_TEST(host().count("RCPT TO:<bob@a.example> NOTIFY=SUCCESS ORCPT=rfc822;Bob@a.example") == 1u);
    BOOST_TEST(spool.queued().empty());
}

BOOST_AUTO_TEST_CASE(of_a_host_without_dsn_it_is_told_that_it_took_the_message) {
    host();
    auto envelope = spool.envelope({"bob@a.example"}, "alice@here.example");
    envelope.recipients[0].notify = "SUCCESS";
    queue_with(envelope, kText);
    pass();
    BOOST_TEST(host().count("RCPT TO:<bob@a.example>") == 1u);
    BOOST_TEST(says(bounce(), "Action: relayed\r\n"));
}

BOOST_AUTO_TEST_CASE(eight_bit_content_is_converted_for_a_host_without_8bitmime) {
    host();
    queue({"bob@a.example"},
          "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: 8bit\r\n\r\ngr\xc3\xbc\xc3\x9f\r\n");
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_REQUIRE(host().contents.size() == 1u);
    BOOST_TEST(host().contents.front() ==
               "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: quoted-printable\r\n\r\ngr=C3=BC=C3=9F\r\n");
}

BOOST_AUTO_TEST_CASE(what_is_converted_has_its_own_size) {
    host().extensions = "PIPELINING,SIZE";
    const std::string top = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: ";
    std::string text = "\xe4 = \r\n";
    for (int i = 0; i < 2000; ++i) text += std::string(80, 'x') + "\r\n";
    queue({"bob@a.example"}, top + "8bit\r\n\r\n" + text);
    pass();
    const auto size = host().lines.at(1).substr(host().lines.at(1).find("SIZE=") + 5);
    BOOST_REQUIRE(host().contents.size() == 1u);
    BOOST_TEST(std::stoul(size) == host().contents.front().size());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_converted_fails) {
    host();
    queue({"bob@a.example"}, "Subject: \xe4\r\n\r\nx\r\n");
    pass();
    BOOST_TEST(says(bounce(), "Status: 5.6.3\r\n"));
    BOOST_TEST(host().contents.empty());
}

BOOST_AUTO_TEST_CASE(international_mail_goes_to_a_host_with_smtputf8) {
    host().extensions = "PIPELINING,SMTPUTF8,8BITMIME";
    queue_with(international(), "Subject: \xc3\xa4\r\n\r\nx\r\n");
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(host().count("MAIL FROM:<alice@here.example> SMTPUTF8 BODY=8BITMIME") == 1u);
    BOOST_TEST(host().count("RCPT TO:<gr\xc3\xbc\xc3\x9f@a.example>") == 1u);
}

BOOST_AUTO_TEST_CASE(international_mail_fails_at_a_host_without_smtputf8) {
    host().extensions = "8BITMIME";
    queue_with(international(), kText);
    pass();
    BOOST_TEST(says(bounce(), "Status: 5.6.7\r\n"));
    BOOST_TEST(host().count("MAIL") == 0u);
}

BOOST_AUTO_TEST_CASE(an_international_header_is_enough) {
    host().extensions = "8BITMIME";
    auto envelope = spool.envelope({"bob@a.example"}, "alice@here.example");
    envelope.smtputf8 = true;
    queue_with(envelope, "Subject: \xc3\xa4\r\n\r\nx\r\n");
    pass();
    BOOST_TEST(says(bounce(), "Status: 5.6.7\r\n"));
}

// RFC 6531 §3.2
BOOST_AUTO_TEST_CASE(what_is_ascii_after_all_goes_anywhere) {
    host();
    auto envelope = spool.envelope({"bob@a.example"}, "alice@here.example");
    envelope.smtputf8 = true;
    queue_with(envelope, kText);
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(host().count("MAIL FROM:<alice@here.example>") == 1u);
    BOOST_TEST(host().count("MAIL FROM:<alice@here.example> ") == 0u);
}

// RFC 3030
BOOST_AUTO_TEST_CASE(binary_content_goes_in_chunks) {
    host().extensions = "PIPELINING,CHUNKING,BINARYMIME";
    body = mail::BodyType::binary_mime;
    std::string content = "Subject: x\r\n\r\n\n.\n";
    for (int i = 0; i < 200'000; ++i) content += static_cast<char>(i % 256);
    queue({"bob@a.example"}, content);
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(host().count("MAIL FROM:<alice@here.example> BODY=BINARYMIME") == 1u);
    BOOST_TEST(host().count("BDAT ") == 4u);
    BOOST_TEST(host().count("DATA") == 0u);
    BOOST_REQUIRE(host().contents.size() == 1u);
    BOOST_TEST((host().contents.front() == content));
}

BOOST_AUTO_TEST_CASE(content_without_a_line_end_keeps_its_end_where_it_can) {
    host().extensions = "PIPELINING,CHUNKING";
    queue({"bob@a.example"}, "Subject: x\r\n\r\nno line");
    pass();
    BOOST_REQUIRE(host().contents.size() == 1u);
    BOOST_TEST(host().contents.front() == "Subject: x\r\n\r\nno line");
}

// RFC 9422
BOOST_AUTO_TEST_CASE(a_host_gets_no_more_than_its_limits_allow) {
    host().extensions = "PIPELINING,LIMITS RCPTMAX=2 MAILMAX=1";
    queue({"a@a.example", "b@a.example", "c@a.example", "d@a.example", "e@a.example"});
    pass();
    BOOST_TEST(spool.queued().empty());
    BOOST_TEST(host().contents.size() == 3u);
    BOOST_TEST(host().count("MAIL") == 3u);
    BOOST_TEST(host().count("RCPT") == 5u);
    BOOST_TEST(host().count("RSET") == 0u);
    BOOST_TEST(host().count("QUIT") == 3u);
    BOOST_TEST(host().connections == 3u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
