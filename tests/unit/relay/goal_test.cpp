// SPDX-License-Identifier: BSD-2-Clause
#include "relay/goal.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::relay;

namespace goal_tests {

struct GoalFixture {
    Goal goal(const char* recipient, const accounts::Way& way, unsigned tries = 0) const {
        return goal_of(*mail::Address::parse(recipient), way, tries, options);
    }
    Options options{.hostname = "here.example"};
};

const accounts::Way kWorld = accounts::Remote{};
const accounts::Way kServer = accounts::PassOn{accounts::OtherServer{"in.example", 2525}};
const accounts::Way kBackup = accounts::PassOn{};

}  // namespace goal_tests

BOOST_FIXTURE_TEST_SUITE(goal_tests, goal_tests::GoalFixture)

BOOST_AUTO_TEST_CASE(the_world_is_reached_by_mx_or_literal) {
    BOOST_TEST((goal("bob@example.net", kWorld) == Goal(ByMx{"example.net"})));
    BOOST_TEST((goal("bob@[192.0.2.1]", kWorld) == Goal(*IpAddress::parse("192.0.2.1"))));
}

BOOST_AUTO_TEST_CASE(after_so_many_tries_a_recipient_goes_through_the_gateway) {
    options.gateway = Gateway{"gw.example", 25};
    BOOST_TEST((goal("bob@example.net", kWorld, 100) == Goal(ByMx{"example.net"})));
    options.tries_before_gateway = 3;
    BOOST_TEST((goal("bob@example.net", kWorld, 2) == Goal(ByMx{"example.net"})));
    BOOST_TEST((goal("bob@example.net", kWorld, 3) == Goal(ThroughGateway{})));
    BOOST_TEST((goal("bob@[192.0.2.1]", kWorld, 4) == Goal(ThroughGateway{})));
}

BOOST_AUTO_TEST_CASE(with_always_the_first_try_goes_through_the_gateway) {
    options.gateway = Gateway{"gw.example", 25};
    options.always = true;
    BOOST_TEST((goal("bob@example.net", kWorld) == Goal(ThroughGateway{})));
}

BOOST_AUTO_TEST_CASE(what_is_passed_on_never_goes_through_the_gateway) {
    options.gateway = Gateway{"gw.example", 25};
    options.always = true;
    options.tries_before_gateway = 1;
    BOOST_TEST((goal("bob@example.org", kServer, 5) == Goal(ToServer{"in.example", 2525})));
    BOOST_TEST((goal("bob@example.org", kBackup, 5) == Goal(ByMx{"example.org"})));
}

BOOST_AUTO_TEST_SUITE_END()
