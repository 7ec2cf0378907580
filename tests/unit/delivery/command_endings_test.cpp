// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/command_endings.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;
using delivery::ending_of;
using How = sys::CommandEnd::How;
using OutcomeKind = spool::Outcome::Kind;

namespace command_endings_tests {

struct Expected {
    int status;
    OutcomeKind kind;
    const char* code;
};
std::ostream& operator<<(std::ostream& out, const Expected& expected) { return out << expected.status; }

const Expected kExpected[] = {
    {0, OutcomeKind::delivered, "2.0.0"}, {1, OutcomeKind::failed, "5.3.0"},
    {2, OutcomeKind::failed, "5.3.0"},    {63, OutcomeKind::failed, "5.3.0"},
    {64, OutcomeKind::failed, "5.3.0"},   {65, OutcomeKind::failed, "5.6.0"},
    {66, OutcomeKind::failed, "5.3.0"},   {67, OutcomeKind::failed, "5.1.1"},
    {68, OutcomeKind::failed, "5.1.2"},   {69, OutcomeKind::failed, "5.3.0"},
    {70, OutcomeKind::failed, "5.3.0"},   {71, OutcomeKind::deferred, "4.3.0"},
    {72, OutcomeKind::failed, "5.3.0"},   {73, OutcomeKind::deferred, "4.2.0"},
    {74, OutcomeKind::deferred, "4.3.0"}, {75, OutcomeKind::deferred, "4.3.0"},
    {76, OutcomeKind::failed, "5.5.0"},   {77, OutcomeKind::failed, "5.7.1"},
    {78, OutcomeKind::failed, "5.3.5"},   {79, OutcomeKind::failed, "5.3.0"},
    {127, OutcomeKind::failed, "5.3.0"},  {255, OutcomeKind::failed, "5.3.0"},
};

}  // namespace command_endings_tests

BOOST_AUTO_TEST_SUITE(command_endings_tests)

BOOST_DATA_TEST_CASE(exit_statuses_are_those_of_sysexits, boost::unit_test::data::make(kExpected), expected) {
    const auto ending = ending_of({How::exited, expected.status, ""});
    BOOST_TEST((ending.kind == expected.kind));
    BOOST_TEST(ending.status == expected.code);
    BOOST_TEST(ending.reason.empty() == (expected.status == 0));
}

BOOST_AUTO_TEST_CASE(a_signal_and_a_time_limit_defer) {
    const auto killed = ending_of({How::killed_by_signal, 11, ""});
    BOOST_TEST((killed.kind == OutcomeKind::deferred));
    BOOST_TEST(killed.reason == "the delivery command failed: it was ended by signal 11");
    const auto late = ending_of({How::out_of_time, 0, "working\n"});
    BOOST_TEST((late.kind == OutcomeKind::deferred));
    BOOST_TEST(late.reason == "the delivery command says: working");
}

BOOST_AUTO_TEST_CASE(what_it_says_is_one_harmless_bounded_line) {
    const auto ending =
        ending_of({How::exited, 67, "\n  no\r\nsuch\x1b[2J user\xff\n" + std::string(4000, 'x')});
    BOOST_TEST(ending.reason.starts_with("the delivery command says: no  such?[2J user? xxx"));
    BOOST_TEST(ending.reason.size() < 600u);
}

BOOST_AUTO_TEST_SUITE_END()
