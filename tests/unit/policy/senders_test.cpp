// SPDX-License-Identifier: BSD-2-Clause
#include "policy/senders.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;

namespace {

constexpr std::uint64_t kReserve = 1 << 20;

}  // namespace

BOOST_AUTO_TEST_SUITE(senders_test)

BOOST_AUTO_TEST_CASE(the_null_reverse_path_is_accepted) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 0}, kReserve, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(a_message_that_just_fits_is_accepted) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 1000}, kReserve + 1000, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(a_message_that_does_not_fit_is_refused_for_now) {
    const auto verdict = policy::judge_sender({std::nullopt, 1001}, kReserve + 1000, kReserve);
    BOOST_REQUIRE(!verdict.accepted());
    BOOST_TEST(verdict.reply().code == 452);
    BOOST_TEST(verdict.reply().status == "4.3.1");
}

BOOST_AUTO_TEST_CASE(a_message_without_declared_size_is_refused_on_a_full_disk) {
    BOOST_TEST(!policy::judge_sender({std::nullopt, 0}, kReserve - 1, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(no_declared_size_is_too_large_for_the_sum) {
    BOOST_TEST(
        !policy::judge_sender({std::nullopt, ~std::uint64_t{0}}, ~std::uint64_t{0}, kReserve).accepted());
}

BOOST_AUTO_TEST_CASE(without_a_reserve_the_disk_may_be_filled) {
    BOOST_TEST(policy::judge_sender({std::nullopt, 1000}, 1000, 0).accepted());
    BOOST_TEST(!policy::judge_sender({std::nullopt, 1001}, 1000, 0).accepted());
}

BOOST_AUTO_TEST_SUITE_END()
