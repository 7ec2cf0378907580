// SPDX-License-Identifier: BSD-2-Clause
#include "dns/zone_file.hpp"

#include <boost/test/unit_test.hpp>

namespace postern::dns {

namespace zone_file_tests {

Zone zone(std::string_view text) {
    auto parsed = parse_zone_file(text, "zone");
    BOOST_REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().what()));
    return *std::move(parsed);
}

std::string complaint(std::string_view text) {
    const auto parsed = parse_zone_file(text, "zone");
    BOOST_REQUIRE(!parsed);
    BOOST_TEST((parsed.error().fault() == Fault::configuration));
    return parsed.error().what();
}

}  // namespace zone_file_tests

BOOST_AUTO_TEST_SUITE(zone_file_tests)

BOOST_AUTO_TEST_CASE(a_zone_as_name_servers_read_it) {
    const auto read = zone(
        "$ORIGIN example.\n"
        "$TTL 1h\n"
        "@   3600 IN SOA ns hostmaster (\n"
        "        1 ; serial\n"
        "        3600 600 86400 60 )\n"
        "    IN NS ns\n"
        "    MX 10 mx1\n"
        "    1h30m IN MX 20 mx2.other.net.\n"
        "mx1 A 192.0.2.1\n"
        "    AAAA 2001:db8::1\n"
        "www CNAME mx1\n"
        "txt TXT \"a ; b ( c\"\n");
    BOOST_TEST((read.at("example").mail_exchangers ==
                std::vector<MxRecord>{{10, "mx1.example"}, {20, "mx2.other.net"}}));
    BOOST_TEST(read.at("mx1.example").addresses.size() == 2u);
    BOOST_TEST(read.at("www.example").alias_of == "mx1.example");
    BOOST_TEST(read.contains("txt.example"));
}

BOOST_AUTO_TEST_CASE(a_dot_alone_is_the_root) {
    BOOST_TEST(zone("a.example. MX 0 .\n").at("a.example").mail_exchangers.front().exchange.empty());
}

BOOST_AUTO_TEST_CASE(names_are_kept_in_lower_case_and_relative_to_the_origin) {
    const auto read = zone("$ORIGIN A.Example.\nMX1 A 192.0.2.1\n$ORIGIN sub\nx A 192.0.2.2\n");
    BOOST_TEST(read.contains("mx1.a.example"));
    BOOST_TEST(read.contains("x.sub.a.example"));
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_an_empty_zone) {
    BOOST_TEST(zone("").empty());
    BOOST_TEST(zone("; nothing\n\n   \n").empty());
}

BOOST_AUTO_TEST_CASE(the_last_line_needs_no_end) { BOOST_TEST(zone("a. A 192.0.2.1").size() == 1u); }

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_told_with_its_line) {
    BOOST_TEST(complaint("a. A 192.0.2.1\nb. A 2001:db8::1\n").starts_with("zone:2: no address"));
    BOOST_TEST(complaint("a. MX x mx.\n").starts_with("zone:1: no preference"));
    BOOST_TEST(complaint("a. MX 70000 mx.\n").starts_with("zone:1: no preference"));
    BOOST_TEST(complaint("a. MX 10\n").starts_with("zone:1: MX needs"));
    BOOST_TEST(complaint("a. FOO bar\n").starts_with("zone:1: unknown record type FOO"));
    BOOST_TEST(complaint("$INCLUDE other\n").starts_with("zone:1: cannot read $INCLUDE"));
    BOOST_TEST(complaint("a.\n").starts_with("zone:1: no record type"));
    BOOST_TEST(complaint("a. A (\n").find("without its )") != std::string::npos);
    BOOST_TEST(complaint("a. A )\n").find("without its (") != std::string::npos);
    BOOST_TEST(complaint("a. TXT \"x\n").find("without its end") != std::string::npos);
    BOOST_TEST(complaint("a. TXT \"\" \\").find("at the end") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::dns
