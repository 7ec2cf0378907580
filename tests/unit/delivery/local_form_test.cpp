// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/local_form.hpp"

#include <boost/test/unit_test.hpp>

#include "spooled.hpp"

using namespace postern;

namespace local_form_tests {

std::string converted(std::string text) {
    text.resize(delivery::crlf_to_lf(text));
    return text;
}

/// What is written with a buffer of so many octets, without the lines on top.
const std::string kTop = "Return-Path: <bob@example.net>\nDelivered-To: alice@example.org\n";

std::string written(std::string_view content, std::size_t buffer_octets) {
    test::Spooled spool;
    const auto path = spool.queue({"alice@example.org"}, content);
    const auto message = spool.claim(path);
    const auto file = *spool.files.create("mail/x", 0600);
    std::vector<char> buffer(buffer_octets);
    BOOST_REQUIRE(delivery::write_local_form(message, 0, *file, buffer));
    const std::string whole = *spool.files.content("mail/x");
    BOOST_REQUIRE(whole.starts_with(kTop));
    return whole.substr(kTop.size());
}

}  // namespace local_form_tests

BOOST_AUTO_TEST_SUITE(local_form_tests)

BOOST_AUTO_TEST_CASE(crlf_becomes_lf_and_nothing_else_changes) {
    BOOST_TEST(converted("").empty());
    BOOST_TEST(converted("a\r\nb\r\n") == "a\nb\n");
    BOOST_TEST(converted("\r\n\r\n") == "\n\n");
    BOOST_TEST(converted("no end") == "no end");
    BOOST_TEST(converted("a\rb\nc") == "a\rb\nc");
    BOOST_TEST(converted("\r\r\n") == "\r\n");
    BOOST_TEST(converted("end\r") == "end\r");
    BOOST_TEST(converted(std::string("\0\xff\x80\r\n", 5)) == std::string("\0\xff\x80\n", 4));
}

BOOST_AUTO_TEST_CASE(a_content_without_a_line_end_stays_without) {
    BOOST_TEST(written("Subject: x\r\n\r\nhalf a line", 4096) == "Subject: x\n\nhalf a line");
    BOOST_TEST(written("half a line end\r", 4096) == "half a line end\r");
    BOOST_TEST(written("", 4096).empty());
}

// RFC 3030 §3: CRLF may be anything there.
BOOST_AUTO_TEST_CASE(binary_content_stays_as_it_came) {
    test::Spooled spool;
    spool.body = mail::BodyType::binary_mime;
    const std::string content("Subject: x\r\n\r\n\0\n\r\n\r\r\nend\r", 25);
    const auto message = spool.claim(spool.queue({"alice@example.org"}, content));
    for (std::size_t octets = 150; octets < 180; ++octets) {
        const std::string name = "mail/" + std::to_string(octets);
        const auto file = *spool.files.create(name, 0600);
        std::vector<char> buffer(octets);
        BOOST_REQUIRE(delivery::write_local_form(message, 0, *file, buffer));
        BOOST_TEST(*spool.files.content(name) ==
                   "Return-Path: <bob@example.net>\r\nDelivered-To: alice@example.org\r\n" + content);
    }
}

BOOST_AUTO_TEST_CASE(a_line_end_may_fall_on_any_edge_of_the_buffer) {
    std::string content, expected;
    for (int i = 0; i < 700; ++i) {
        const std::string line(static_cast<std::size_t>(i % 61), static_cast<char>('a' + i % 26));
        content += line + "\r\n";
        expected += line + "\n";
    }
    for (std::size_t octets = 100; octets < 200; ++octets)
        BOOST_TEST_CONTEXT("a buffer of " << octets) BOOST_TEST(written(content, octets) == expected);
}

BOOST_AUTO_TEST_CASE(a_content_that_fills_the_buffer_exactly_is_whole) {
    const std::size_t top = kTop.size() + 2;  // with CRLF, as it stands in the buffer
    for (const std::string end : {"xx", "\r\n", "x\r"})
        for (std::size_t octets = 198; octets <= 202; ++octets)
            BOOST_TEST(written(std::string(octets - top - 2, 'x') + end, 200) ==
                       std::string(octets - top - 2, 'x') + (end == "\r\n" ? "\n" : end));
}

BOOST_AUTO_TEST_SUITE_END()
