// SPDX-License-Identifier: BSD-2-Clause
#include "relay/destinations.hpp"

#include <boost/test/unit_test.hpp>

namespace postern::relay {

namespace destinations_tests {

spool::DueFile file(const std::string& priority, const std::string& domain) {
    return {"spool/relay/now", priority + "." + std::string(26, 'a') + "@" + domain};
}

}  // namespace destinations_tests

BOOST_AUTO_TEST_SUITE(destinations_tests)

BOOST_AUTO_TEST_CASE(files_of_one_domain_stay_together_the_most_urgent_first) {
    const auto grouped = by_destination(
        {file("1", "b.example"), file("5", "a.example"), file("5", "b.example"), file("6", "a.example")});
    BOOST_REQUIRE(grouped.size() == 2u);
    BOOST_TEST(grouped[0].domain == "b.example");
    BOOST_TEST(grouped[0].files.size() == 2u);
    BOOST_TEST(grouped[0].files[0].name.starts_with("1."));
    BOOST_TEST(grouped[1].domain == "a.example");
    BOOST_TEST(grouped[1].files.size() == 2u);
}

BOOST_AUTO_TEST_CASE(messages_for_several_domains_come_last) {
    const auto grouped = by_destination({file("1", "+"), file("5", "a.example"), file("5", "b.example")});
    BOOST_REQUIRE(grouped.size() == 3u);
    BOOST_TEST(grouped[0].domain == "a.example");
    BOOST_TEST(grouped[2].domain == "+");
}

BOOST_AUTO_TEST_CASE(whom_a_name_means_has_no_mailbox_here) {
    const auto grouped = by_destination({file("5", "a.example"), file("5", "+"), file("5", "=")});
    BOOST_REQUIRE(grouped.size() == 3u);
    BOOST_TEST(grouped[0].somebody().value().to_string() == std::string(26, 'a') + "@a.example");
    BOOST_TEST(!grouped[1].somebody());
    BOOST_TEST(!grouped[2].somebody());
    BOOST_TEST(grouped[1].is_for_filter());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
