// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/proxy_header.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::smtp;
using namespace std::string_literals;

namespace proxy_header_tests {

/// "192.0.2.7:56324 > 192.0.2.1:25", "nobody", "not all there" or "none".
std::string reading_of(std::string_view input) {
    const auto reading = read_proxy_header(input);
    if (std::holds_alternative<NotAllThere>(reading)) return "not all there";
    const auto* header = std::get_if<ProxyHeader>(&reading);
    if (!header) return "none";
    if (!header->connection) return "nobody";
    const auto text = [](const ProxyHeader::End& end) {
        return end.address.to_string() + ":" + std::to_string(end.port);
    };
    return text(header->connection->source) + " > " + text(header->connection->destination);
}

std::size_t octets_of(std::string_view input) {
    return std::get<ProxyHeader>(read_proxy_header(input)).octets;
}

const std::string kMark = "\r\n\r\n\0\r\nQUIT\n"s;
const std::string kFour = "\xc0\0\x02\x07\xc0\0\x02\x01\xdc\x04\0\x19"s;
const std::string kSix =
    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01\xdc\x04\0\x19"s;

std::string binary(char command, char family, const std::string& block) {
    return kMark + command + family + static_cast<char>(block.size() >> 8) +
           static_cast<char>(block.size() & 0xff) + block;
}

}  // namespace proxy_header_tests

BOOST_AUTO_TEST_SUITE(proxy_header_tests)

BOOST_AUTO_TEST_CASE(a_line_names_both_ends) {
    BOOST_TEST(reading_of("PROXY TCP4 192.0.2.7 192.0.2.1 56324 25\r\n") == "192.0.2.7:56324 > 192.0.2.1:25");
    BOOST_TEST(reading_of("PROXY TCP6 2001:db8::7 ::1 65535 0\r\n") == "2001:db8::7:65535 > ::1:0");
}

BOOST_AUTO_TEST_CASE(an_address_mapped_into_ipv6_is_ipv4) {
    BOOST_TEST(reading_of("PROXY TCP6 ::ffff:192.0.2.7 ::1 1 25\r\n") == "192.0.2.7:1 > ::1:25");
    const auto mapped = "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\x02\x07"s + kSix.substr(16);
    BOOST_TEST(reading_of(binary(0x21, 0x21, mapped)) == "192.0.2.7:56324 > 2001:db8::1:25");
}

BOOST_AUTO_TEST_CASE(a_proxy_may_not_know_its_client) {
    BOOST_TEST(reading_of("PROXY UNKNOWN\r\n") == "nobody");
    BOOST_TEST(reading_of("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n") == "nobody");
    BOOST_TEST(reading_of(binary(0x21, 0x00, "")) == "nobody");
    BOOST_TEST(reading_of(binary(0x21, 0x31, std::string(216, 'x'))) == "nobody");
}

BOOST_AUTO_TEST_CASE(a_proxy_may_speak_for_itself) {
    BOOST_TEST(reading_of(binary(0x20, 0x00, "")) == "nobody");
    BOOST_TEST(reading_of(binary(0x20, 0x11, kFour)) == "nobody");
}

BOOST_AUTO_TEST_CASE(a_block_names_both_ends) {
    BOOST_TEST(reading_of(binary(0x21, 0x11, kFour)) == "192.0.2.7:56324 > 192.0.2.1:25");
    BOOST_TEST(reading_of(binary(0x21, 0x21, kSix)) == "2001:db8::7:56324 > 2001:db8::1:25");
}

BOOST_AUTO_TEST_CASE(what_follows_in_a_block_is_skipped) {
    const auto header = binary(0x21, 0x11, kFour + std::string(60'000, '\x04'));
    BOOST_TEST(reading_of(header + "EHLO x\r\n") == "192.0.2.7:56324 > 192.0.2.1:25");
    BOOST_TEST(octets_of(header + "EHLO x\r\n") == header.size());
}

BOOST_AUTO_TEST_CASE(what_follows_the_header_is_not_part_of_it) {
    const auto line = "PROXY TCP4 192.0.2.7 192.0.2.1 56324 25\r\n"s;
    BOOST_TEST(octets_of(line + "EHLO x\r\n") == line.size());
}

BOOST_AUTO_TEST_CASE(every_beginning_of_a_header_waits_for_more) {
    for (const auto& whole : {"PROXY TCP4 192.0.2.7 192.0.2.1 56324 25\r\n"s, "PROXY UNKNOWN\r\n"s,
                              binary(0x21, 0x21, kSix + "abc"), binary(0x20, 0x00, "")})
        for (std::size_t count = 0; count < whole.size(); ++count)
            BOOST_TEST(reading_of(whole.substr(0, count)) == "not all there");
}

BOOST_AUTO_TEST_CASE(what_is_not_quite_a_line_is_none) {
    for (const auto* const wrong :
         {"EHLO x\r\n", "proxy TCP4 192.0.2.7 192.0.2.1 1 25\r\n", "PROXY  TCP4 192.0.2.7 192.0.2.1 1 25\r\n",
          "PROXY TCP4 192.0.2.7  192.0.2.1 1 25\r\n", "PROXY TCP4 192.0.2.7 192.0.2.1 1 25 \r\n",
          "PROXY TCP4 192.0.2.7 192.0.2.1 01 25\r\n", "PROXY TCP4 192.0.2.7 192.0.2.1 65536 25\r\n",
          "PROXY TCP4 192.0.2.7 192.0.2.1 1\r\n", "PROXY TCP4 192.0.2.07 192.0.2.1 1 25\r\n",
          "PROXY TCP4 2001:db8::7 ::1 1 25\r\n", "PROXY TCP6 192.0.2.7 192.0.2.1 1 25\r\n",
          "PROXY UDP4 192.0.2.7 192.0.2.1 1 25\r\n", "PROXY TCP4\r\n", "PROXY \r\n",
          "PROXY TCP4 192.0.2.7 192.0.2.1 1 25\rx", "PROXY TCP4 192.0.2.7 192.0.2.1 1 25\n\r\n",
          "PROXY UNKNOWNS\r\n"})
        BOOST_TEST(reading_of(wrong) == "none", wrong);
}

BOOST_AUTO_TEST_CASE(a_line_has_at_most_107_octets) {
    const auto line = [](std::size_t octets) {
        return "PROXY UNKNOWN " + std::string(octets - 16, 'x') + "\r\n";
    };
    BOOST_TEST(reading_of(line(107)) == "nobody");
    BOOST_TEST(reading_of(line(107).substr(0, 106)) == "not all there");
    BOOST_TEST(reading_of(line(108)) == "none");
    BOOST_TEST(reading_of(line(109).substr(0, 107)) == "none");
}

BOOST_AUTO_TEST_CASE(what_is_not_quite_a_block_is_none) {
    BOOST_TEST(reading_of(binary(0x11, 0x11, kFour)) == "none");            // another version
    BOOST_TEST(reading_of(binary(0x22, 0x11, kFour)) == "none");            // another command
    BOOST_TEST(reading_of(binary(0x21, 0x41, kFour)) == "none");            // no such family
    BOOST_TEST(reading_of(binary(0x21, 0x11, kFour.substr(1))) == "none");  // shorter than its addresses
    BOOST_TEST(reading_of(binary(0x21, 0x21, kFour)) == "none");
    BOOST_TEST(reading_of("\r\n\r\n\0\r\nQUIT\r"s) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
