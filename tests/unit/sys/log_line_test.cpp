// SPDX-License-Identifier: BSD-2-Clause
#include "sys/log_line.hpp"

#include <boost/test/unit_test.hpp>

#include "base/escape.hpp"

using namespace postern;

namespace log_line {

std::string line(std::string_view value, sys::LogFormat format = sys::LogFormat::text) {
    const LogField field{"reason", value};
    return sys::format_log_line({*parse_rfc3339("2026-11-21T20:30:05.123Z"),
                                 Severity::info,
                                 "smtpd-inetd",
                                 42,
                                 "refused",
                                 {&field, 1}},
                                format);
}

const std::string kStart = "2026-11-21T20:30:05.123Z info smtpd-inetd[42] refused";

}  // namespace log_line

BOOST_AUTO_TEST_SUITE(log_line)

BOOST_AUTO_TEST_CASE(plain_values_stand_bare) {
    BOOST_TEST(line("alice+tag@example.org") == kStart + " reason=alice+tag@example.org\n");
    BOOST_TEST(line("<a@[192.0.2.1]>") == kStart + " reason=<a@[192.0.2.1]>\n");
    BOOST_TEST(line("") == kStart + "\n");
}

BOOST_AUTO_TEST_CASE(others_are_quoted) {
    BOOST_TEST(line("no such user") == kStart + " reason=\"no such user\"\n");
    BOOST_TEST(line("a=b") == kStart + " reason=\"a=b\"\n");
    BOOST_TEST(line("C:\\") == kStart + " reason=\"C:\\\"\n");
}

BOOST_AUTO_TEST_CASE(no_value_forges_a_line_or_a_field) {
    BOOST_TEST(line("x\n2026-11-21T20:30:05.123Z info fake") ==
               kStart + " reason=\"x%0A2026-11-21T20:30:05.123Z info fake\"\n");
    BOOST_TEST(line("x\" peer=\"127.0.0.1") == kStart + " reason=\"x%22 peer=%22127.0.0.1\"\n");
    BOOST_TEST(line("x peer=127.0.0.1") == kStart + " reason=\"x peer=127.0.0.1\"\n");
}

BOOST_AUTO_TEST_CASE(every_octet_stays_on_the_line_and_can_be_read_back) {
    std::string all;
    for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
    const std::string text = line(all);
    BOOST_TEST(text.find('\n') == text.size() - 1);
    for (const char c : text.substr(0, text.size() - 1)) BOOST_TEST((c >= 0x20 && c < 0x7f));
    const std::string value = text.substr(kStart.size() + std::string(" reason=\"").size());
    BOOST_TEST(value.find('"') == value.size() - 2);
    BOOST_TEST((unescape(value.substr(0, value.size() - 2)) == all));
}

BOOST_AUTO_TEST_CASE(json_has_the_same_fields) {
    BOOST_TEST(line("no such \"user\"\n", sys::LogFormat::json) ==
               R"({"time":"2026-11-21T20:30:05.123Z","severity":"info","program":"smtpd-inetd","pid":42,)"
               R"("event":"refused","reason":"no such \"user\"\u000a"})"
               "\n");
    BOOST_TEST(line("", sys::LogFormat::json).find("reason") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
