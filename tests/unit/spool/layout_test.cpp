// SPDX-License-Identifier: BSD-2-Clause
#include "spool/layout.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using spool::Lane;
using spool::Layout;
using spool::MessageId;
using spool::RelayName;

namespace layout_tests {

const std::string kId = "aaaaaaaaaaaaaaaaaaaaaaaaa2";

}  // namespace layout_tests

BOOST_AUTO_TEST_SUITE(layout_tests)

BOOST_AUTO_TEST_CASE(relay_names_say_priority_id_and_domain) {
    for (const char* domain : {"example.org", "+", "=", "[192.0.2.1]", "[IPv6:2001:db8::1]"}) {
        const RelayName name{5, *MessageId::parse(kId), domain};
        BOOST_TEST(name.to_string() == "5." + kId + "@" + domain);
        const auto read = RelayName::parse(name.to_string());
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST(read->priority == 5);
        BOOST_TEST(read->id.text() == kId);
        BOOST_TEST(read->domain == domain);
    }
}

BOOST_AUTO_TEST_CASE(a_long_domain_stands_in_a_name_as_its_hash) {
    const std::string domain = std::string(60, 'a') + "." + std::string(60, 'b') + "." +
                               std::string(60, 'c') + "." + std::string(40, 'd');
    const RelayName name{0, *MessageId::parse(kId), domain};
    const auto read = RelayName::parse(name.to_string());
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->domain.size() == 32u);
    BOOST_TEST(name.to_string().size() < 255u);
}

BOOST_AUTO_TEST_CASE(names_that_are_not_ours_are_none) {
    for (const std::string& name :
         {std::string(), std::string("."), std::string(".."), kId, "5." + kId, "5." + kId + "@",
          "x." + kId + "@example.org", "5." + kId + "@../../etc", "5." + kId + "@a b", "55." + kId + "@a"})
        BOOST_TEST(!RelayName::parse(name).has_value(), name);
    BOOST_TEST(spool::id_in_name(Lane::received, kId).has_value());
    BOOST_TEST(!spool::id_in_name(Lane::received, "5." + kId + "@example.org").has_value());
    BOOST_TEST(!spool::id_in_name(Lane::relay, kId).has_value());
}

BOOST_AUTO_TEST_CASE(directories_are_named_by_lane_and_minute) {
    const Layout layout("spool");
    const Minute minute = *parse_minute("20261121T2030Z");
    BOOST_TEST(layout.now(Lane::received) == "spool/received/now");
    BOOST_TEST(layout.minute(Lane::relay, minute) == "spool/relay/20261121T2030Z");
    BOOST_TEST((layout.lane_of("spool/relay/20261121T2030Z") == Lane::relay));
    BOOST_TEST((layout.lane_of("spool/received/now") == Lane::received));
    BOOST_TEST(!layout.lane_of("spool/hold").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
