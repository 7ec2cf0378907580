// SPDX-License-Identifier: BSD-2-Clause
// A pass as a whole: reports, stopping, files that are in the way.
#include "office.hpp"

using namespace postern;
using test::kContent;
using test::Names;
using test::Office;

BOOST_FIXTURE_TEST_SUITE(pass_tests, Office)

BOOST_AUTO_TEST_CASE(an_unknown_user_is_reported_to_the_sender) {
    queue({"nobody@example.org", "alice@example.org"}, kContent, "carol@example.org");
    good_pass();
    BOOST_TEST(copies("alice") == 1u);
    BOOST_TEST(queued("received").size() == 1u);  // the report
    good_pass();
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(queued("").empty());
}

BOOST_AUTO_TEST_CASE(a_report_for_a_remote_sender_goes_to_the_relay_lane) {
    queue({"nobody@example.org"}, kContent, "bob@example.net");
    good_pass();
    good_pass();
    CHECK_NAMES(open_in("relay"), {"bob@example.net"});
}

BOOST_AUTO_TEST_CASE(there_is_no_report_on_a_report) {
    queue({"nobody@example.org"}, kContent, "");
    const auto report = pass();
    BOOST_TEST(report.found_trouble);
    BOOST_TEST(queued("hold").size() == 1u);
    BOOST_TEST(queued("received").empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_begun_once_told_to_stop) {
    queue({"alice@example.org"}, kContent);
    told_to_stop = true;
    good_pass();
    BOOST_TEST(copies("alice") == 0u);
    BOOST_TEST(queued("received/now").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_stops_no_other) {
    for (int i = 0; i < 5; ++i) queue({"alice@example.org"}, kContent);
    files.fail_on(queued("received/now")[2], EACCES);
    const auto report = pass();
    BOOST_TEST(!report.trouble);
    BOOST_TEST(copies("alice") == 4u);
    BOOST_TEST(queued("received/now").size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
