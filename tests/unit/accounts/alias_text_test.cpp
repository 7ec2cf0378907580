// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/alias_text.hpp"

#include <boost/test/unit_test.hpp>

#include "userland.hpp"

using namespace postern;
using namespace postern::accounts;
using test::address;

namespace alias_text_tests {

const mail::Domain kHome = test::domain("example.org");

std::string parsed(const char* text) {
    const auto targets = parse_alias(text, "x.alias", kHome);
    if (!targets) return targets.error().what();
    std::string words;
    for (const mail::Address& target : *targets) words += target.to_string() + " ";
    return words;
}

}  // namespace alias_text_tests

BOOST_AUTO_TEST_SUITE(alias_text_tests)

BOOST_AUTO_TEST_CASE(a_target_a_line) {
    BOOST_TEST(parsed("alice\n\n  bob@example.net  \r\n# nobody\ncarol # at home\n") ==
               "alice@example.org bob@example.net carol@example.org ");
}

BOOST_AUTO_TEST_CASE(a_hash_inside_an_address_is_no_comment) {
    BOOST_TEST(parsed("a#b@example.net\n") == "a#b@example.net ");
}

BOOST_AUTO_TEST_CASE(the_last_line_may_lack_its_end) { BOOST_TEST(parsed("alice") == "alice@example.org "); }

BOOST_AUTO_TEST_CASE(errors_name_file_and_line) {
    BOOST_TEST(parsed("alice\nbob carol\n") ==
               "x.alias:2: 'bob carol' is neither an address nor a name of this domain");
    BOOST_TEST(parsed("# later\n") == "x.alias: an alias needs a target");
    BOOST_TEST(parsed("") == "x.alias: an alias needs a target");
}

BOOST_AUTO_TEST_CASE(editing_keeps_comments_and_order) {
    const std::string before = "# the band\nalice\nbob@example.net # drums";
    const std::string more = with_targets(before, {address("carol@example.com")}, kHome);
    BOOST_TEST(more == "# the band\nalice\nbob@example.net # drums\ncarol@example.com\n");
    BOOST_TEST(without_target(more, address("alice@example.org"), kHome) ==
               "# the band\nbob@example.net # drums\ncarol@example.com\n");
}

BOOST_AUTO_TEST_CASE(a_target_that_is_there_is_not_added_again) {
    const auto alice = address("alice@example.org"), bob = address("bob@example.net");
    BOOST_TEST(with_targets("alice\n", {alice, bob, bob}, kHome) == "alice\nbob@example.net\n");
}

BOOST_AUTO_TEST_SUITE_END()
