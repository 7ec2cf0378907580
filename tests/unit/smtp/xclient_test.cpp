// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/xclient.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using smtp::parse_xclient;

namespace xclient_tests {

mail::PeerFacts proxy() {
    return {.ip = "192.0.2.7",
            .port = 99,
            .name = "proxy.example",
            .user = "x",
            .service = "smtp",
            .session = "s1"};
}

/// "ip/port/name/helo/user", or "" when it is illegal.
std::string told(std::string_view attributes) {
    const auto read = parse_xclient(attributes, proxy());
    if (!read) return "";
    const auto& peer = read->peer;
    return peer.ip + '/' + std::to_string(peer.port) + '/' + peer.name + '/' + peer.helo + '/' + peer.user;
}

}  // namespace xclient_tests

BOOST_AUTO_TEST_SUITE(xclient_tests)

BOOST_AUTO_TEST_CASE(each_attribute_is_read) {
    BOOST_TEST(told("NAME=c.example ADDR=198.51.100.4 PORT=2525 PROTO=ESMTP HELO=me.example LOGIN=alice") ==
               "198.51.100.4/2525/c.example/me.example/alice");
    BOOST_TEST(told("addr=IPV6:2001:db8::1") == "2001:db8::1/0///");
    BOOST_TEST(told("ADDR=2001:db8::1") == "2001:db8::1/0///");
}

BOOST_AUTO_TEST_CASE(a_new_address_is_a_new_client) {
    BOOST_TEST(told("ADDR=198.51.100.4") == "198.51.100.4/0///");
    BOOST_TEST(told("PORT=25") == "192.0.2.7/25/proxy.example//x");
    BOOST_TEST(parse_xclient("ADDR=198.51.100.4", proxy())->peer.session == "s1");
    BOOST_TEST(parse_xclient("ADDR=198.51.100.4", proxy())->peer.service == "smtp");
}

BOOST_AUTO_TEST_CASE(what_nobody_knows_is_empty) {
    BOOST_TEST(told("ADDR=[UNAVAILABLE] NAME=[tempunavail] PORT=[UNAVAILABLE] LOGIN=[UNAVAILABLE]") ==
               "/0///");
    BOOST_TEST(told("NAME=[UNAVAILABLE]") == "192.0.2.7/99///x");
}

BOOST_AUTO_TEST_CASE(values_are_xtext) {
    BOOST_TEST(told("LOGIN=a+2Bb+40example.org") == "192.0.2.7/99/proxy.example//a+b@example.org");
    for (const char* text : {"LOGIN=a+2", "LOGIN=a+zz", "LOGIN=a+0Ab", "NAME=a+00"})
        BOOST_TEST(told(text).empty(), text);
}

BOOST_AUTO_TEST_CASE(the_destination_is_for_the_log) {
    const auto read = parse_xclient("DESTADDR=203.0.113.1 DESTPORT=25", proxy());
    BOOST_REQUIRE(read);
    BOOST_TEST(read->destination == "203.0.113.1:25");
}

BOOST_AUTO_TEST_CASE(the_protocol_is_one_of_two) {
    BOOST_TEST((parse_xclient("PROTO=smtp", proxy())->protocol == mail::Protocol::smtp));
    BOOST_TEST((parse_xclient("PROTO=ESMTP", proxy())->protocol == mail::Protocol::esmtp));
    BOOST_TEST(!parse_xclient("PROTO=[UNAVAILABLE]", proxy())->protocol);
}

BOOST_AUTO_TEST_CASE(what_is_illegal_changes_nothing) {
    for (const char* text : {"ADDR", "ADDR=", "ADDR=1.2.3", "ADDR=host.example", "PORT=65536", "PORT=-1",
                             "NAME=a b", "NAME=-x-", "PROTO=LMTP", "HELO=a..b", "WHO=1", "ADDR=192.0.2.1 =1",
                             "DESTADDR=x", "DESTPORT=x", "ADDR:192.0.2.1"})
        BOOST_TEST(told(text).empty(), text);
    BOOST_TEST(!told("LOGIN=" + std::string(255, 'a')).empty());
    BOOST_TEST(told("LOGIN=" + std::string(256, 'a')).empty());
}

BOOST_AUTO_TEST_SUITE_END()
