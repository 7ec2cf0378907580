// SPDX-License-Identifier: BSD-2-Clause
#include "server/kick_hosts.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using Releases = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(kick_hosts_tests)

BOOST_AUTO_TEST_CASE(a_line_names_a_host_and_its_domains) {
    const auto host = server::parse_kick_host("192.0.2.0/24  Example.net @example.org");
    BOOST_REQUIRE(host);
    BOOST_TEST(host->network.to_string() == "192.0.2.0/24");
    BOOST_TEST((host->releases == Releases{"example.net", "@example.org"}));
}

BOOST_AUTO_TEST_CASE(what_is_not_whole_is_refused) {
    for (const char* text : {"", " ", "192.0.2.7", "example.net", "192.0.2.7 #x", "192.0.2.1/24 example.net",
                             "mail.example.net example.net"})
        BOOST_TEST(!server::parse_kick_host(text), text);
}

BOOST_AUTO_TEST_CASE(a_peer_releases_what_all_its_lines_say_and_nothing_else) {
    const std::vector<server::KickHost> hosts{*server::parse_kick_host("192.0.2.7 a.example b.example"),
                                              *server::parse_kick_host("192.0.2.0/24 b.example c.example"),
                                              *server::parse_kick_host("2001:db8::1 d.example")};
    const auto of = [&](const char* peer) { return server::releases_of(hosts, *IpAddress::parse(peer)); };
    BOOST_TEST((of("192.0.2.7") == Releases{"a.example", "b.example", "c.example"}));
    BOOST_TEST((of("192.0.2.8") == Releases{"b.example", "c.example"}));
    BOOST_TEST((of("2001:db8::1") == Releases{"d.example"}));
    BOOST_TEST(of("198.51.100.1").empty());
}

BOOST_AUTO_TEST_SUITE_END()
