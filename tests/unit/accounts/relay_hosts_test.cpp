// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/relay_hosts.hpp"

#include <cerrno>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"

using namespace postern;
using namespace postern::accounts;

namespace relay_hosts_tests {

RelayHosts hosts(const char* text) { return *RelayHosts::parse(text, "relay-hosts"); }
bool allows(const char* text, const char* peer, const char* name = "") {
    return hosts(text).allows(*IpAddress::parse(peer), name);
}

}  // namespace relay_hosts_tests

BOOST_AUTO_TEST_SUITE(relay_hosts_tests)

BOOST_AUTO_TEST_CASE(an_address_a_range_or_a_name) {
    constexpr const char* text =
        "# ours\n192.0.2.1\n198.51.100.0/24 # office\n2001:db8::/32\nMX.example.org\n";
    BOOST_TEST(allows(text, "192.0.2.1"));
    BOOST_TEST(!allows(text, "192.0.2.2"));
    BOOST_TEST(allows(text, "198.51.100.255"));
    BOOST_TEST(!allows(text, "198.51.101.0"));
    BOOST_TEST(allows(text, "2001:db8::1"));
    BOOST_TEST(!allows(text, "2001:db9::1"));
    BOOST_TEST(allows(text, "203.0.113.1", "mx.Example.org"));
    BOOST_TEST(!allows(text, "203.0.113.1", "example.org"));
    BOOST_TEST(!allows(text, "203.0.113.1"));
}

BOOST_AUTO_TEST_CASE(an_empty_file_allows_nobody) {
    BOOST_TEST(!allows("", "127.0.0.1", "localhost"));
    BOOST_TEST(!allows("# nobody\n\n", "127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(an_ipv4_peer_is_the_same_when_it_comes_mapped) {
    BOOST_TEST(allows("192.0.2.1\n", "::ffff:192.0.2.1"));
}

BOOST_AUTO_TEST_CASE(only_names_need_a_reverse_look_up) {
    BOOST_TEST(!hosts("192.0.2.1\n").has_hostnames());
    BOOST_TEST(hosts("mx.example.org\n").has_hostnames());
}

constexpr const char* kWrong[] = {"192.0.2.1/24", "192.0.2.256", "192.0.2.0/33",         "1.2.3",
                                  "a b",          "-x.example",  "10.0.0.0/8,192.0.2.1", "*"};

BOOST_DATA_TEST_CASE(a_line_that_is_not_understood_makes_the_file_an_error,
                     boost::unit_test::data::make(kWrong), line) {
    const auto parsed = RelayHosts::parse("192.0.2.1\n" + std::string(line) + "\n", "relay-hosts");
    BOOST_REQUIRE(!parsed);
    BOOST_TEST(parsed.error().what().starts_with("relay-hosts:2: '" + std::string(line) + "'"));
}

BOOST_AUTO_TEST_CASE(a_missing_file_allows_nobody_and_an_unreadable_one_is_an_error) {
    test::MemoryFiles files;
    const auto none = RelayHosts::load(files, "relay-hosts");
    BOOST_REQUIRE(none);
    BOOST_TEST(!none->allows(*IpAddress::parse("127.0.0.1"), ""));
    files.put("relay-hosts", "127.0.0.1\n");
    files.fail_on("relay-hosts", EACCES);
    BOOST_TEST(!RelayHosts::load(files, "relay-hosts"));
}

BOOST_AUTO_TEST_SUITE_END()
