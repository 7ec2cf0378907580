// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/mechanism.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern::sasl;

BOOST_AUTO_TEST_SUITE(mechanism_tests)

BOOST_AUTO_TEST_CASE(the_best_one_stands_first) {
    BOOST_TEST(offered_mechanisms({}) == "SCRAM-SHA-256 PLAIN LOGIN");
    BOOST_TEST(offered_mechanisms({{"tls-exporter", "x"}}) == "SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN");
}

BOOST_AUTO_TEST_CASE(only_what_is_offered_is_found) {
    BOOST_TEST(
        (find_mechanism("scram-sha-256-plus", {{"tls-exporter", "x"}}) == Mechanism::scram_sha_256_plus));
    BOOST_TEST(!find_mechanism("SCRAM-SHA-256-PLUS", {}));
    BOOST_TEST((find_mechanism("Plain", {}) == Mechanism::plain));
    BOOST_TEST(!find_mechanism("", {}));
    BOOST_TEST(!find_mechanism("SCRAM-SHA-1", {}));
}

BOOST_AUTO_TEST_SUITE_END()
