// SPDX-License-Identifier: BSD-2-Clause
#include "spool/lane_listing.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_spool.hpp"

using namespace postern;
using spool::Lane;
using test::MemorySpool;

namespace lane_listing_tests {

const std::string kId = "aaaaaaaaaaaaaaaaaaaaaaaaa";  // one letter is to be added

std::vector<std::string> due_in(MemorySpool& spool, Lane lane) {
    std::vector<std::string> paths;
    for (const auto& file : test::must(spool::list_due(spool.files, spool.layout, lane, spool.clock.now())))
        paths.push_back(file.path());
    return paths;
}

}  // namespace lane_listing_tests

BOOST_AUTO_TEST_SUITE(lane_listing_tests)

BOOST_AUTO_TEST_CASE(what_is_due_is_listed_by_name_and_opened_by_nobody) {
    MemorySpool spool;  // its clock says 2026-11-21T20:30:00Z
    spool.files.put("spool/relay/now/5." + kId + "b@example.org", "");
    spool.files.put("spool/relay/20261121T2030Z/5." + kId + "a@example.org", "");
    spool.files.put("spool/relay/20261120T0000Z/1." + kId + "c@example.org", "");
    spool.files.put("spool/relay/20261121T2031Z/0." + kId + "d@example.org", "");
    const std::vector<std::string> expected = {"spool/relay/20261120T0000Z/1." + kId + "c@example.org",
                                               "spool/relay/20261121T2030Z/5." + kId + "a@example.org",
                                               "spool/relay/now/5." + kId + "b@example.org"};
    spool.files.forget_calls();
    BOOST_TEST(due_in(spool, Lane::relay) == expected, boost::test_tools::per_element());
    BOOST_TEST(spool.files.count_of("open") == 0u);
    BOOST_TEST(due_in(spool, Lane::received).empty());
}

BOOST_AUTO_TEST_CASE(foreign_names_are_not_listed_and_not_touched) {
    MemorySpool spool;
    for (const std::string name : {"now/notes.txt", "now/.hidden", "20261121T2030Z/x", "attic/x"})
        spool.files.put("spool/received/" + name, "x");
    const auto before = spool.files.all_files();
    BOOST_TEST(due_in(spool, Lane::received).empty());
    BOOST_TEST(spool.files.all_files().size() == before.size());
}

BOOST_AUTO_TEST_CASE(empty_minutes_that_have_passed_go) {
    MemorySpool spool;
    for (const std::string name : {"20261121T2029Z", "20261121T2031Z", "attic"})
        spool.files.make_directories("spool/received/" + name);
    due_in(spool, Lane::received);
    const std::vector<std::string> expected = {"20261121T2031Z", "attic", "now"};
    BOOST_TEST(spool.files.names("spool/received") == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_next_minute_is_the_first_that_is_not_due_yet) {
    MemorySpool spool;
    const auto next = [&] {
        return test::must(spool::next_minute(spool.files, spool.layout, Lane::relay, spool.clock.now()));
    };
    BOOST_TEST(!next().has_value());
    for (const std::string name :
         {"20261121T2200Z", "20261121T2030Z", "20261121T2031Z", "20261122T0000Z", "attic"})
        spool.files.make_directories("spool/relay/" + name);
    BOOST_TEST(format_minute(*next()) == "20261121T2031Z");
}

BOOST_AUTO_TEST_CASE(a_lane_that_cannot_be_listed_is_an_error) {
    MemorySpool spool;
    spool.files.fail_on("spool/received/now", EACCES);
    BOOST_TEST(!spool::list_due(spool.files, spool.layout, Lane::received, spool.clock.now()));
}

BOOST_AUTO_TEST_SUITE_END()
