// SPDX-License-Identifier: BSD-2-Clause
#include "relay/router.hpp"

#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

namespace router_tests {

struct RouterFixture {
    std::vector<std::string> hops(const std::string& address) {
        return hops(goal_of(*mail::Address::parse(address), accounts::Remote{}, 0, options));
    }
    std::vector<std::string> secure_hops(const std::string& address) {
        return hops(goal_of(*mail::Address::parse(address), accounts::Remote{}, 0, options),
                    TlsPolicy::required);
    }
    std::vector<std::string> hops(const Goal& goal, TlsPolicy policy = TlsPolicy::opportunistic) {
        Router router(resolver, randomness, options);
        const auto route = router.route_to(goal, policy);
        std::vector<std::string> texts;
        if (const auto* found = std::get_if<std::vector<NextHop>>(&route))
            for (const auto& hop : *found) texts.push_back(hop.to_string());
        else
            texts.push_back(std::get<Outcome>(route).status);
        return texts;
    }

    TroubledResolver resolver;
    test::FakeRandomness randomness;
    Options options;
};

using Texts = std::vector<std::string>;

}  // namespace router_tests

BOOST_FIXTURE_TEST_SUITE(router_tests, router_tests::RouterFixture)

BOOST_AUTO_TEST_CASE(all_addresses_of_all_hosts_are_tried_in_order) {
    resolver.zone_text =
        "x.example. MX 20 second.example.\nx.example. MX 10 first.example.\n"
        "first.example. A 192.0.2.1\nfirst.example. A 192.0.2.2\nfirst.example. AAAA 2001:db8::1\n"
        "second.example. A 192.0.2.3\n";
    BOOST_TEST(hops("a@x.example") == (Texts{"first.example [2001:db8::1]", "first.example [192.0.2.1]",
                                             "first.example [192.0.2.2]", "second.example [192.0.2.3]"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_domain_without_mx_is_reached_at_its_own_address) {
    resolver.zone_text = "x.example. A 192.0.2.1\n";
    BOOST_TEST(hops("a@x.example") == (Texts{"x.example [192.0.2.1]"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_domain_without_any_address_is_nowhere) {
    resolver.zone_text = "x.example. TXT hello\ny.example. MX 10 gone.example.\n";
    BOOST_TEST(hops("a@x.example") == (Texts{"5.4.4"}), boost::test_tools::per_element());
    BOOST_TEST(hops("a@y.example") == (Texts{"5.4.4"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_host_that_cannot_be_looked_up_does_not_hide_the_others) {
    resolver.zone_text =
        "x.example. MX 10 broken.example.\nx.example. MX 20 good.example.\ngood.example. A 192.0.2.1\n";
    resolver.troubled = {"broken.example"};
    BOOST_TEST(hops("a@x.example") == (Texts{"good.example [192.0.2.1]"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_zone_full_of_hosts_does_not_keep_us_busy) {
    for (int i = 10; i < 60; ++i) {
        const auto host = "mx" + std::to_string(i) + ".example. ";
        resolver.zone_text += "x.example. MX " + std::to_string(i) + " " + host + "\n";
        for (int j = 0; j < 3; ++j)
            resolver.zone_text += host + "A 192.0.2." + std::to_string(3 * i + j) + "\n";
    }
    const auto found = hops("a@x.example");
    BOOST_TEST(found.size() == 20u);
    BOOST_TEST(found.front().starts_with("mx10."));
}

// RFC 8689 §4.2.1, step 2.
BOOST_AUTO_TEST_CASE(where_tls_is_required_names_of_hosts_must_be_proven) {
    resolver.zone_text =
        "x.example. MX 10 mx.x.example.\nmx.x.example. A 192.0.2.1\nown.example. A 192.0.2.2\n";
    BOOST_TEST(secure_hops("a@x.example") == (Texts{"5.7.10"}), boost::test_tools::per_element());
    BOOST_TEST(hops("a@x.example") == (Texts{"mx.x.example [192.0.2.1]"}), boost::test_tools::per_element());
    resolver.proven = {"x.example"};
    BOOST_TEST(secure_hops("a@x.example") == (Texts{"mx.x.example [192.0.2.1]"}),
               boost::test_tools::per_element());
    resolver.troubled = {"x.example"};
    BOOST_TEST(secure_hops("a@x.example") == (Texts{"4.4.3"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_that_are_the_senders_or_this_sites_need_no_proof) {
    resolver.zone_text = "own.example. A 192.0.2.2\ngw.example. A 192.0.2.3\n";
    BOOST_TEST(secure_hops("a@own.example") == (Texts{"own.example [192.0.2.2]"}),
               boost::test_tools::per_element());
    options.gateway = Gateway{"gw.example", 25};
    options.always = true;
    BOOST_TEST(secure_hops("a@x.example") == (Texts{"gw.example [192.0.2.3]"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hop_knows_what_it_is_held_to) {
    resolver.zone_text = "own.example. A 192.0.2.2\n";
    const Router router(resolver, randomness, options);
    for (const auto policy : {TlsPolicy::opportunistic, TlsPolicy::required}) {
        const auto route = router.route_to(ByMx{"own.example"}, policy);
        BOOST_TEST((std::get<0>(route).front().tls == policy));
    }
}

BOOST_AUTO_TEST_CASE(worse_hosts_than_this_server_are_not_tried) {
    resolver.zone_text =
        "x.example. MX 10 best.example.\nx.example. MX 20 me.example.\nx.example. MX 30 worst.example.\n"
        "best.example. A 192.0.2.1\nme.example. A 192.0.2.2\nworst.example. A 192.0.2.3\n";
    options.server_addresses = {*IpAddress::parse("192.0.2.2")};
    BOOST_TEST(hops("a@x.example") == (Texts{"best.example [192.0.2.1]"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_port_is_told_where_it_is_not_25) {
    options.port = 2525;
    BOOST_TEST(hops("a@[192.0.2.1]") == (Texts{"[192.0.2.1]:2525"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_a_gateway_for_always_takes_everything) {
    resolver.zone_text = "x.example. A 192.0.2.1\n";
    options.gateway = Gateway{"192.0.2.9", 25};
    BOOST_TEST(hops("a@x.example") == (Texts{"x.example [192.0.2.1]"}), boost::test_tools::per_element());
    options.always = true;
    BOOST_TEST(hops("a@x.example") == (Texts{"[192.0.2.9]"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_server_is_found_by_address_or_by_name_at_its_own_port) {
    resolver.zone_text =
        "in.example. AAAA 2001:db8::5\nin.example. A 192.0.2.5\nin.example. MX 1 out.example.\n";
    BOOST_TEST(hops(ToServer{"in.example", 2525}) ==
                   (Texts{"in.example [2001:db8::5]:2525", "in.example [192.0.2.5]:2525"}),
               boost::test_tools::per_element());
    BOOST_TEST(hops(ToServer{"192.0.2.5", 25}) == (Texts{"[192.0.2.5]"}), boost::test_tools::per_element());
    BOOST_TEST(hops(ToServer{"2001:db8::5", 26}) == (Texts{"[2001:db8::5]:26"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_server_that_cannot_be_found_is_this_sites_mistake_and_bounces_nothing) {
    resolver.troubled = {"broken.example"};
    BOOST_TEST(hops(ToServer{"gone.example", 25}) == (Texts{"4.4.4"}), boost::test_tools::per_element());
    BOOST_TEST(hops(ToServer{"broken.example", 25}) == (Texts{"4.4.3"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_is_passed_on_to_this_server_itself) {
    resolver.zone_text = "in.example. A 192.0.2.9\nin.example. A 192.0.2.2\nme.example. A 192.0.2.7\n";
    options.hostname = "me.example";
    options.server_addresses = {*IpAddress::parse("192.0.2.2")};
    for (const char* host : {"in.example", "ME.example", "192.0.2.2"})
        BOOST_TEST(hops(ToServer{host, 25}) == (Texts{"5.4.6"}), boost::test_tools::per_element());
    BOOST_TEST(hops(ToServer{"192.0.2.2", 10025}) == (Texts{"[192.0.2.2]:10025"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
