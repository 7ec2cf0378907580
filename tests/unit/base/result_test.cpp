// SPDX-License-Identifier: BSD-2-Clause
#include "base/result.hpp"

#include <memory>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

namespace result {

Result<int> half(int number) {
    if (number % 2 != 0) return Error(Fault::permanent, "odd");
    return number / 2;
}

Result<int> quarter(int number) {
    POSTERN_ASSIGN(const int once, half(number));
    POSTERN_ASSIGN(const int twice, half(once));
    return twice;
}

Status check(int number, int& passed) {
    POSTERN_TRY(half(number));
    ++passed;
    POSTERN_TRY(quarter(number).in("quartering"));
    ++passed;
    return done;
}

}  // namespace result

BOOST_AUTO_TEST_SUITE(result)

BOOST_AUTO_TEST_CASE(a_value_or_an_error) {
    BOOST_TEST(*half(4) == 2);
    BOOST_TEST(half(3).failed_with(Fault::permanent));
    BOOST_TEST(!half(3).failed_with(Fault::temporary));
    BOOST_TEST(!half(4).failed_with(Fault::permanent));
}

BOOST_AUTO_TEST_CASE(an_error_is_passed_on_at_once) {
    int passed = 0;
    BOOST_TEST(check(1, passed).error().what() == "odd");
    BOOST_TEST(passed == 0);
    BOOST_TEST(check(2, passed).error().what() == "quartering: odd");
    BOOST_TEST(passed == 1);
    BOOST_TEST(bool(check(4, passed)));
    BOOST_TEST(passed == 3);
}

BOOST_AUTO_TEST_CASE(a_value_that_only_moves_can_be_carried) {
    Result<std::unique_ptr<int>> made = std::make_unique<int>(7);
    const std::unique_ptr<int> taken = *std::move(made);
    BOOST_TEST(*taken == 7);
}

BOOST_AUTO_TEST_SUITE_END()
