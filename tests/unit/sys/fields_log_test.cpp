// SPDX-License-Identifier: BSD-2-Clause
#include "sys/fields_log.hpp"

#include <boost/test/unit_test.hpp>

#include "support/recording_log.hpp"

using namespace postern;

BOOST_AUTO_TEST_SUITE(fields_log)

BOOST_AUTO_TEST_CASE(fixed_fields_stand_first) {
    test::RecordingLog sink;
    sys::FieldsLog log(sink, {{"session", "s1"}});
    log.write(Severity::info, "refused", {{"reason", "no such user"}});
    BOOST_REQUIRE(sink.entries.size() == 1u);
    BOOST_TEST(sink.entries[0].fields[0].first == "session");
    BOOST_TEST(sink.entries[0].field("session") == "s1");
    BOOST_TEST(sink.entries[0].field("reason") == "no such user");
}

BOOST_AUTO_TEST_CASE(a_field_can_be_added_and_replaced) {
    test::RecordingLog sink;
    sys::FieldsLog log(sink, {{"session", "s1"}});
    log.set("id", "first");
    log.set("id", "second");
    log.write(Severity::info, "queued", {});
    log.set("id", "");
    log.write(Severity::info, "closed", {});
    BOOST_TEST(sink.entries[0].field("id") == "second");
    BOOST_TEST(sink.entries[0].fields.size() == 2u);
    BOOST_TEST(sink.entries[1].fields.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
