// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/password_hash.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern::accounts;

BOOST_AUTO_TEST_SUITE(password_hash_tests)

BOOST_AUTO_TEST_CASE(the_password_and_no_other_fits_its_hash) {
    const auto hash = hash_password("correct horse");
    BOOST_REQUIRE(hash);
    BOOST_TEST(hash->starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    BOOST_TEST(is_password("correct horse", *hash));
    BOOST_TEST(!is_password("correct horse ", *hash));
    BOOST_TEST(!is_password("", *hash));
}

BOOST_AUTO_TEST_CASE(the_decoy_costs_what_a_hash_costs_and_fits_nothing) {
    const auto hash = hash_password("correct horse");
    BOOST_REQUIRE(hash);
    const auto parameters = hash->substr(0, hash->find('$', 15));
    BOOST_TEST(parameters == "$argon2id$v=19$m=65536,t=2,p=1");
    BOOST_TEST(decoy_hash().starts_with(parameters + '$'));
    BOOST_TEST(decoy_hash().size() == hash->size());
    BOOST_TEST(!is_password("correct horse", decoy_hash()));
}

BOOST_AUTO_TEST_CASE(what_is_no_hash_fits_nothing) {
    BOOST_TEST(!is_password("", ""));
    BOOST_TEST(!is_password("secret", "secret"));
    BOOST_TEST(!is_password("secret", std::string(1000, '$')));
}

BOOST_AUTO_TEST_SUITE_END()
