// SPDX-License-Identifier: BSD-2-Clause
#include "policy/senders.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using policy::kReservedSpace;

BOOST_AUTO_TEST_SUITE(senders_test)

BOOST_AUTO_TEST_CASE(the_null_reverse_path_is_accepted) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 0}, kReservedSpace).accepted());
}

BOOST_AUTO_TEST_CASE(a_message_that_just_fits_is_accepted) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 1000}, kReservedSpace + 1000).accepted());
}

BOOST_AUTO_TEST_CASE(a_message_that_does_not_fit_is_refused_for_now) {
    const auto verdict = policy::judge_sender({std::nullopt, 1001}, kReservedSpace + 1000);
    BOOST_REQUIRE(!verdict.accepted());
    BOOST_TEST(verdict.reply().code == 452);
    BOOST_TEST(verdict.reply().status == "4.3.1");
}

BOOST_AUTO_TEST_CASE(a_message_without_declared_size_is_refused_on_a_full_disk) {
    BOOST_TEST(!policy::judge_sender({std::nullopt, 0}, kReservedSpace - 1).accepted());
}

BOOST_AUTO_TEST_CASE(no_declared_size_is_too_large_for_the_sum) {
    BOOST_TEST(!policy::judge_sender({std::nullopt, ~std::uint64_t{0}}, ~std::uint64_t{0}).accepted());
}

BOOST_AUTO_TEST_SUITE_END()
