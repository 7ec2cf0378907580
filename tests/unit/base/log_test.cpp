// SPDX-License-Identifier: BSD-2-Clause
#include "base/log.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "support/recording_log.hpp"

using namespace postern;

BOOST_AUTO_TEST_SUITE(log_seam)

BOOST_AUTO_TEST_CASE(severities_have_the_names_of_syslog) {
    for (const char* name : {"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"})
        BOOST_TEST(to_string(*parse_severity(name)) == name);
    BOOST_TEST((*parse_severity("emerg") == Severity::emerg));
    BOOST_TEST((*parse_severity("debug") == Severity::debug));
    for (const char* name : {"", "error", "INFO", "info "})
        BOOST_TEST(!parse_severity(name), "accepted: " << name);
}

BOOST_AUTO_TEST_CASE(write_hands_all_fields_to_the_sink) {
    test::RecordingLog sink;
    Log& log = sink;
    log.write(Severity::info, "delivered", {{"to", "a@example.org"}, {"empty", ""}});
    log.write(Severity::err, "stopped", {});
    BOOST_TEST(sink.entries.size() == 2u);
    BOOST_TEST(sink.entries[0].field("to") == "a@example.org");
    BOOST_TEST(sink.entries[0].fields.size() == 1u);
    BOOST_TEST(sink.count_of("stopped") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
