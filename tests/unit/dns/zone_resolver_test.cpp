// SPDX-License-Identifier: BSD-2-Clause
#include "dns/zone_resolver.hpp"

#include <boost/test/unit_test.hpp>

namespace postern::dns {

namespace zone_resolver_tests {

using Kind = Lookup<IpAddress>::Kind;

ZoneResolver resolver() {
    return ZoneResolver(
        *parse_zone_file("$ORIGIN example.\n"
                         "@ MX 10 mx\n"
                         "mx A 192.0.2.1\n"
                         "mx A 192.0.2.2\n"
                         "mail CNAME also\n"
                         "also CNAME mx\n"
                         "loop CNAME pool\n"
                         "pool CNAME loop\n"
                         "dangling CNAME nowhere.invalid.\n"
                         "*.wild A 192.0.2.3\n"
                         "only.wild TXT x\n"
                         "deep.down.empty A 192.0.2.4\n",
                         "zone"));
}

Lookup<IpAddress> look_up(const std::string& host, IpAddress::Family family = IpAddress::Family::v4) {
    auto zone = resolver();
    auto answer = zone.addresses(host, family);
    BOOST_REQUIRE(answer);
    return *answer;
}

}  // namespace zone_resolver_tests

BOOST_AUTO_TEST_SUITE(zone_resolver_tests)

BOOST_AUTO_TEST_CASE(records_are_found_whatever_the_case) {
    BOOST_TEST(look_up("MX.example").records.size() == 2u);
    auto zone = resolver();
    BOOST_TEST(zone.mail_exchangers("example")->records.front().exchange == "mx.example");
}

BOOST_AUTO_TEST_CASE(what_stands_in_the_file_is_proven_to_who_asks_for_it) {
    auto zone = resolver();
    BOOST_TEST(zone.proven_mail_exchangers("example")->is_proven);
    BOOST_TEST(!zone.mail_exchangers("example")->is_proven);
}

BOOST_AUTO_TEST_CASE(a_name_without_such_records_is_no_data) {
    BOOST_TEST((look_up("mx.example", IpAddress::Family::v6).kind == Kind::no_data));
    BOOST_TEST((look_up("example").kind == Kind::no_data));
    BOOST_TEST((look_up("down.empty.example").kind == Kind::no_data));
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_exist_is_no_such_name) {
    BOOST_TEST((look_up("no.example").kind == Kind::no_such_name));
    BOOST_TEST((look_up("elsewhere").kind == Kind::no_such_name));
}

BOOST_AUTO_TEST_CASE(aliases_are_followed) {
    BOOST_TEST(look_up("mail.example").records.size() == 2u);
    BOOST_TEST((look_up("dangling.example").kind == Kind::no_such_name));
}

BOOST_AUTO_TEST_CASE(a_loop_of_aliases_is_temporary_trouble) {
    auto zone = resolver();
    BOOST_TEST(zone.addresses("loop.example", IpAddress::Family::v4).failed_with(Fault::temporary));
}

BOOST_AUTO_TEST_CASE(a_wildcard_answers_for_names_that_do_not_exist) {
    BOOST_TEST(look_up("any.wild.example").found());
    BOOST_TEST(look_up("a.b.wild.example").found());
    BOOST_TEST((look_up("only.wild.example").kind == Kind::no_data));
    BOOST_TEST((look_up("x.only.wild.example").kind == Kind::no_such_name));
}

BOOST_AUTO_TEST_CASE(the_names_of_an_address_stand_in_the_reverse_zones) {
    ZoneResolver zone(*parse_zone_file(
        "7.2.0.192.in-addr.arpa. PTR mx.example.\n"
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR six.example.\n",
        "zone"));
    BOOST_TEST(zone.names_of(*IpAddress::parse("192.0.2.7"))->records.front() == "mx.example");
    BOOST_TEST(zone.names_of(*IpAddress::parse("2001:db8::1"))->records.front() == "six.example");
    BOOST_TEST(!zone.names_of(*IpAddress::parse("192.0.2.8"))->found());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::dns
