// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/scram_keys.hpp"

#include <boost/test/unit_test.hpp>

#include "base/base64.hpp"

using namespace postern;
using namespace postern::sasl;

namespace scram_keys_tests {

// Of "pencil", as in RFC 7677 §3.
const std::string kText =
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
    "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

}  // namespace scram_keys_tests

BOOST_AUTO_TEST_SUITE(scram_keys_tests)

BOOST_AUTO_TEST_CASE(are_made_of_a_password_and_written_as_rfc_5803_has_it) {
    BOOST_TEST(to_text(make_keys("pencil", *from_base64("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)) == kText);
}

BOOST_AUTO_TEST_CASE(are_read_back) {
    const auto keys = parse_keys(kText);
    BOOST_REQUIRE(keys);
    BOOST_TEST(keys->iterations == 4096U);
    BOOST_TEST(to_text(*keys) == kText);
}

BOOST_AUTO_TEST_CASE(of_another_form_are_none) {
    for (const std::string& text :
         std::vector<std::string>{"", kText.substr(1), kText.substr(0, kText.size() - 4), kText + "A",
                                  std::string("SCRAM-SHA-256$0") + kText.substr(18),
                                  std::string("SCRAM-SHA-256$") + kText.substr(18),
                                  std::string("SCRAM-SHA-256$4096:$") + kText.substr(44)})
        BOOST_TEST(!parse_keys(text), text);
}

BOOST_AUTO_TEST_CASE(of_nobody_look_like_those_of_others_and_stay_the_same) {
    const auto keys = make_decoy_keys("nobody@example.org", "secret");
    BOOST_TEST(keys.salt.size() == kScramSaltOctets);
    BOOST_TEST(keys.iterations == kScramIterations);
    BOOST_TEST(keys.stored_key.size() == 32U);
    BOOST_TEST(to_text(keys) == to_text(make_decoy_keys("nobody@example.org", "secret")));
    BOOST_TEST(keys.salt != make_decoy_keys("somebody@example.org", "secret").salt);
    BOOST_TEST(keys.salt != make_decoy_keys("nobody@example.org", "other").salt);
    BOOST_TEST(keys.stored_key != keys.server_key);
}

BOOST_AUTO_TEST_CASE(cost_an_attacker_something) { BOOST_TEST(kScramIterations >= 100'000U); }

BOOST_AUTO_TEST_SUITE_END()
