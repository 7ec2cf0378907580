// SPDX-License-Identifier: BSD-2-Clause
#include "sys/syslog_form.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using sys::LogFormat;

namespace syslog_form_tests {

struct Delivered {
    std::vector<LogField> fields{{"to", "a@example.org"}, {"reply", "250 \"ok\"\n"}};
    sys::LogEvent event{
        *parse_rfc3339("2026-11-21T20:30:05.123Z"), Severity::info, "deliver", 12, "delivered", fields};
};

}  // namespace syslog_form_tests

BOOST_FIXTURE_TEST_SUITE(syslog_form_tests, syslog_form_tests::Delivered)

BOOST_AUTO_TEST_CASE(a_line_for_the_syslogd_of_this_machine) {
    BOOST_TEST(format_rfc3164(event, LogFormat::text) ==
               "<22>Nov 21 20:30:05 deliver[12]: delivered to=a@example.org reply=\"250 %22ok%22%0A\"");
}

BOOST_AUTO_TEST_CASE(a_day_below_ten_has_a_blank_before_it) {
    event.at = *parse_rfc3339("2026-01-02T03:04:05Z");
    BOOST_TEST(format_rfc3164(event, LogFormat::text).starts_with("<22>Jan  2 03:04:05 "));
}

BOOST_AUTO_TEST_CASE(the_severity_is_part_of_the_priority) {
    event.severity = Severity::emerg;
    BOOST_TEST(format_rfc3164(event, LogFormat::text).starts_with("<16>"));
    event.severity = Severity::debug;
    BOOST_TEST(format_rfc5424(event, LogFormat::text, "h").starts_with("<23>1 "));
}

BOOST_AUTO_TEST_CASE(a_line_for_a_log_server) {
    BOOST_TEST(format_rfc5424(event, LogFormat::text, "mx.example") ==
               "<22>1 2026-11-21T20:30:05.123Z mx.example deliver 12 delivered - delivered to=a@example.org "
               "reply=\"250 %22ok%22%0A\"");
}

BOOST_AUTO_TEST_CASE(header_fields_are_never_empty_or_too_long) {
    const std::string long_word(300, 'x');
    event.event = long_word;
    BOOST_TEST(
        format_rfc5424(event, LogFormat::text, "").find(" - deliver 12 " + std::string(32, 'x') + " - ") !=
        std::string::npos);
    BOOST_TEST(
        format_rfc5424(event, LogFormat::text, long_word).find(" " + std::string(255, 'x') + " deliver ") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(as_json_the_whole_object_is_the_text) {
    const std::string line = format_rfc5424(event, LogFormat::json, "mx.example");
    BOOST_TEST(line.find(R"( - {"time":"2026-11-21T20:30:05.123Z","severity":"info")") != std::string::npos);
    BOOST_TEST(line.ends_with('}'));
}

BOOST_AUTO_TEST_SUITE_END()
