// SPDX-License-Identifier: BSD-2-Clause
#include "server/peer_rights.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"

using namespace postern;

namespace peer_rights_test {

struct Peers {
    test::MemoryFiles files;
    Result<std::string> name = std::string();  ///< what the DNS says
    int questions = 0;

    Peers() { files.make_directories("root"); }

    server::PeerRights rights_of(std::string_view ip) {
        return server::rights_of(*IpAddress::parse(ip), files, "root/relay-hosts", [&](const IpAddress&) {
            ++questions;
            return name;
        });
    }
    bool may_relay(std::string_view ip) {
        const auto rights = rights_of(ip);
        BOOST_REQUIRE(rights.may_relay);
        return *rights.may_relay;
    }
};

}  // namespace peer_rights_test

BOOST_FIXTURE_TEST_SUITE(peer_rights_test, peer_rights_test::Peers)

BOOST_AUTO_TEST_CASE(without_the_file_nobody_may_relay) { BOOST_TEST(!may_relay("127.0.0.1")); }

BOOST_AUTO_TEST_CASE(addresses_are_decided_without_the_dns) {
    files.put("root/relay-hosts", "192.0.2.0/24\n");
    BOOST_TEST(may_relay("192.0.2.7"));
    BOOST_TEST(!may_relay("198.51.100.7"));
    BOOST_TEST(questions == 0);
}

BOOST_AUTO_TEST_CASE(the_dns_is_not_asked_for_a_peer_whose_address_stands_in_the_file) {
    files.put("root/relay-hosts", "office.example.net\n192.0.2.7\n");
    BOOST_TEST(may_relay("192.0.2.7"));
    BOOST_TEST(questions == 0);
}

BOOST_AUTO_TEST_CASE(a_verified_name_that_stands_in_the_file_may_relay) {
    files.put("root/relay-hosts", "office.example.net\n");
    name = std::string("Office.example.net");
    const auto rights = rights_of("192.0.2.7");
    BOOST_REQUIRE(rights.may_relay);
    BOOST_TEST(*rights.may_relay);
    BOOST_TEST(rights.name == "Office.example.net");
    BOOST_TEST(questions == 1);
}

BOOST_AUTO_TEST_CASE(another_name_or_none_may_not) {
    files.put("root/relay-hosts", "office.example.net\n");
    BOOST_TEST(!may_relay("192.0.2.7"));
    name = std::string("mail.office.example.net");
    BOOST_TEST(!may_relay("192.0.2.7"));
}

BOOST_AUTO_TEST_CASE(trouble_of_the_dns_is_no_refusal_for_good) {
    files.put("root/relay-hosts", "office.example.net\n");
    name = Error(Fault::temporary, "no answer");
    BOOST_TEST(!rights_of("192.0.2.7").may_relay);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_no_refusal_for_good) {
    files.put("root/relay-hosts", "192.0.2.7/99\n");
    BOOST_TEST(!rights_of("192.0.2.7").may_relay);
    files.put("root/relay-hosts", "192.0.2.7\n");
    files.fail_on("root/relay-hosts", EACCES);
    BOOST_TEST(!rights_of("192.0.2.7").may_relay);
}

BOOST_AUTO_TEST_CASE(a_client_that_is_spoken_for_has_the_rights_of_what_is_told_of_it) {
    files.put("root/relay-hosts", "office.example.net\n192.0.2.7\n");
    const auto may = [&](mail::PeerFacts client) {
        const auto rights = server::rights_of(client, files, "root/relay-hosts");
        BOOST_TEST(rights.name == client.name);
        return rights.may_relay && *rights.may_relay;
    };
    BOOST_TEST(may({.ip = "192.0.2.7"}));
    BOOST_TEST(!may({.ip = "192.0.2.8"}));
    BOOST_TEST(may({.ip = "192.0.2.8", .name = "office.example.net"}));
    BOOST_TEST(!may({.name = "office.example.net"}));
    BOOST_TEST(may({.ip = "192.0.2.8", .user = "alice"}));
    BOOST_TEST(questions == 0);
}

BOOST_AUTO_TEST_CASE(a_broken_file_is_trouble_for_a_client_that_is_spoken_for_too) {
    files.put("root/relay-hosts", "what is this\n");
    const mail::PeerFacts client{.ip = "192.0.2.7"};
    BOOST_TEST(!server::rights_of(client, files, "root/relay-hosts").may_relay);
}

BOOST_AUTO_TEST_SUITE_END()
