// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "base/ip_networks.hpp"

using namespace postern;

namespace ip_address {

std::string reprinted(std::string_view text) {
    const auto address = IpAddress::parse(text);
    return address ? address->to_string() : "none";
}

bool holds(std::string_view network, std::string_view address) {
    return IpNetwork::parse(network)->contains(*IpAddress::parse(address));
}

}  // namespace ip_address

BOOST_AUTO_TEST_SUITE(ip_address)

BOOST_AUTO_TEST_CASE(addresses_print_in_their_usual_form) {
    BOOST_TEST(reprinted("192.0.2.1") == "192.0.2.1");
    BOOST_TEST(reprinted("2001:DB8:0:0:0:0:0:1") == "2001:db8::1");
    BOOST_TEST(reprinted("::") == "::");
}

BOOST_AUTO_TEST_CASE(a_mapped_address_is_ipv4) {
    BOOST_TEST(reprinted("::ffff:192.0.2.1") == "192.0.2.1");
    BOOST_TEST(IpAddress::parse("::ffff:c000:201")->is_v4());
    BOOST_TEST((*IpAddress::parse("::ffff:192.0.2.1") == *IpAddress::parse("192.0.2.1")));
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_refused) {
    for (const char* text : {"", "192.0.2", "192.0.2.256", "192.0.2.1 ", "192.0.2.01x", "1:2", "fe80::1%eth0",
                             "[::1]", "localhost", "192.0.2.0/24"})
        BOOST_TEST(!IpAddress::parse(text), "accepted: " << text);
}

BOOST_AUTO_TEST_CASE(literals_are_those_of_smtp) {
    BOOST_TEST(IpAddress::parse("192.0.2.1")->to_literal() == "192.0.2.1");
    BOOST_TEST(IpAddress::parse("2001:db8::1")->to_literal() == "IPv6:2001:db8::1");
}

BOOST_AUTO_TEST_CASE(loopback_is_127_and_one) {
    BOOST_TEST(IpAddress::parse("127.255.0.1")->is_loopback());
    BOOST_TEST(IpAddress::parse("::1")->is_loopback());
    BOOST_TEST(!IpAddress::parse("128.0.0.1")->is_loopback());
    BOOST_TEST(!IpAddress::parse("::2")->is_loopback());
    BOOST_TEST(!IpAddress::parse("1::1")->is_loopback());
}

BOOST_AUTO_TEST_CASE(families_are_never_equal) {
    BOOST_TEST((*IpAddress::parse("1.2.3.4") != *IpAddress::parse("102:304::")));
    BOOST_TEST(!holds("::/0", "192.0.2.1"));
    BOOST_TEST(!holds("0.0.0.0/0", "::1"));
}

BOOST_AUTO_TEST_CASE(a_network_ends_at_its_bit) {
    BOOST_TEST(holds("192.0.2.0/24", "192.0.2.255"));
    BOOST_TEST(!holds("192.0.2.0/24", "192.0.3.0"));
    BOOST_TEST(holds("192.0.2.128/25", "192.0.2.128"));
    BOOST_TEST(!holds("192.0.2.128/25", "192.0.2.127"));
    BOOST_TEST(holds("10.64.0.0/10", "10.127.255.255"));
    BOOST_TEST(!holds("10.64.0.0/10", "10.128.0.0"));
    BOOST_TEST(holds("2001:db8::/33", "2001:db8:7fff::1"));
    BOOST_TEST(!holds("2001:db8::/33", "2001:db8:8000::1"));
    BOOST_TEST(holds("0.0.0.0/0", "203.0.113.9"));
}

BOOST_AUTO_TEST_CASE(a_bare_address_is_a_network_of_one) {
    BOOST_TEST(holds("192.0.2.1", "192.0.2.1"));
    BOOST_TEST(!holds("192.0.2.1", "192.0.2.2"));
    BOOST_TEST(IpNetwork::parse("192.0.2.1/32")->to_string() == "192.0.2.1");
    BOOST_TEST(IpNetwork::parse("2001:db8::/32")->to_string() == "2001:db8::/32");
}

BOOST_AUTO_TEST_CASE(a_network_with_stray_bits_is_a_mistake) {
    for (const char* text : {"192.0.2.1/24", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "/24", "::1/64",
                             "::/129", "192.0.2.0/24/24"})
        BOOST_TEST(!IpNetwork::parse(text), "accepted: " << text);
}

BOOST_AUTO_TEST_CASE(in_any_of_several_networks) {
    const std::vector networks{*IpNetwork::parse("192.0.2.0/24"), *IpNetwork::parse("2001:db8::/32")};
    BOOST_TEST(is_in_any(networks, *IpAddress::parse("192.0.2.7")));
    BOOST_TEST(is_in_any(networks, *IpAddress::parse("2001:db8::7")));
    BOOST_TEST(!is_in_any(networks, *IpAddress::parse("198.51.100.7")));
    BOOST_TEST(!is_in_any({}, *IpAddress::parse("192.0.2.7")));
}

BOOST_AUTO_TEST_SUITE_END()
