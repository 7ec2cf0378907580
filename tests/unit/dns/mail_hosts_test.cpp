// SPDX-License-Identifier: BSD-2-Clause
#include "dns/mail_hosts.hpp"

#include <boost/test/unit_test.hpp>

namespace postern::dns {

namespace mail_hosts_tests {

using Kind = Lookup<MxRecord>::Kind;

Lookup<MxRecord> answer(std::vector<MxRecord> records) { return {Kind::found, std::move(records)}; }

std::vector<std::string> names(const MailHosts& hosts) {
    std::vector<std::string> result;
    for (const auto& host : std::get<std::vector<MailHost>>(hosts)) result.push_back(host.name);
    return result;
}

std::string status(const MailHosts& hosts) { return std::get<NoMailHosts>(hosts).status; }

MailHost host(std::string name, std::uint16_t preference, std::string_view address) {
    return {std::move(name), preference, {*IpAddress::parse(address)}};
}

const ThisServer kSelf{"mx.here.example", {*IpAddress::parse("192.0.2.1"), *IpAddress::parse("2001:db8::1")}};

using Names = std::vector<std::string>;

}  // namespace mail_hosts_tests

BOOST_AUTO_TEST_SUITE(mail_hosts_tests)

BOOST_AUTO_TEST_CASE(the_lowest_preference_comes_first) {
    const auto hosts =
        order_mail_hosts("a.example", answer({{20, "second"}, {30, "third"}, {10, "first"}}), {});
    BOOST_TEST(names(hosts) == (Names{"first", "second", "third"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(random_numbers_order_equal_preferences_and_no_others) {
    const auto records = answer({{10, "a"}, {10, "b"}, {10, "c"}, {5, "d"}});
    const std::vector<std::uint32_t> one{3, 1, 2, 9};
    const std::vector<std::uint32_t> other{1, 3, 2, 9};
    BOOST_TEST(names(order_mail_hosts("x", records, one)) == (Names{"d", "b", "c", "a"}),
               boost::test_tools::per_element());
    BOOST_TEST(names(order_mail_hosts("x", records, other)) == (Names{"d", "a", "c", "b"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_host_that_stands_twice_is_tried_once_at_its_best_place) {
    const auto hosts = order_mail_hosts("x", answer({{10, "a"}, {20, "b"}, {30, "a"}}), {});
    BOOST_TEST(names(hosts) == (Names{"a", "b"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_domain_without_mx_is_its_own_mail_host) {
    const auto hosts = order_mail_hosts("a.example", {Kind::no_data, {}}, {});
    BOOST_TEST(names(hosts) == (Names{"a.example"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_domain_that_does_not_exist_fails_for_good) {
    BOOST_TEST(status(order_mail_hosts("a.example", {Kind::no_such_name, {}}, {})) == "5.1.2");
}

BOOST_AUTO_TEST_CASE(a_null_mx_means_that_no_mail_is_wanted) {
    BOOST_TEST(status(order_mail_hosts("a.example", answer({{0, ""}}), {})) == "5.1.10");
}

BOOST_AUTO_TEST_CASE(a_root_beside_real_hosts_is_ignored) {
    BOOST_TEST(names(order_mail_hosts("x", answer({{0, ""}, {10, "a"}}), {})) == (Names{"a"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(this_server_and_all_that_are_equal_or_worse_are_dropped) {
    const std::vector<MailHost> list{host("better", 10, "192.0.2.9"), host("equal", 20, "192.0.2.8"),
                                     host("MX.here.example", 20, "192.0.2.7"),
                                     host("worse", 30, "192.0.2.6")};
    BOOST_TEST(names(without_this_server(list, kSelf)) == (Names{"better"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(this_server_is_known_by_its_address_under_any_name) {
    const std::vector<MailHost> list{host("better", 10, "192.0.2.9"),
                                     host("alias-of-here", 20, "2001:db8::1")};
    BOOST_TEST(names(without_this_server(list, kSelf)) == (Names{"better"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(where_only_this_server_is_left_the_mail_loops) {
    const std::vector<MailHost> list{host("here", 10, "192.0.2.1"), host("worse", 20, "192.0.2.9")};
    BOOST_TEST(status(without_this_server(list, kSelf)) == "5.4.6");
}

BOOST_AUTO_TEST_CASE(hosts_of_others_stay_as_they_are) {
    const std::vector<MailHost> list{host("a", 10, "192.0.2.9"), host("b", 65535, "192.0.2.8")};
    BOOST_TEST(names(without_this_server(list, kSelf)) == (Names{"a", "b"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::dns
