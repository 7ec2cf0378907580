// SPDX-License-Identifier: BSD-2-Clause
#include "runner/report_template.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::runner;

namespace report_template_tests {

std::string trouble_with(std::string_view file, ReportKind kind = ReportKind::failure) {
    const auto parsed = parse_template(file, kind);
    return parsed ? "" : parsed.error().what();
}

}  // namespace report_template_tests

BOOST_AUTO_TEST_SUITE(report_template_tests)

BOOST_AUTO_TEST_CASE(a_template_is_a_subject_and_text) {
    const auto parsed =
        parse_template("Subject:  Not delivered \r\n\r\nDear {sender},\r\n\r\nsorry.", ReportKind::failure);
    BOOST_REQUIRE(parsed);
    BOOST_TEST(parsed->subject == "Not delivered");
    BOOST_TEST(parsed->text == "Dear {sender},\n\nsorry.\n");
}

BOOST_AUTO_TEST_CASE(the_built_in_ones_are_templates_themselves) {
    for (const auto kind : {ReportKind::failure, ReportKind::delay, ReportKind::double_bounce}) {
        const auto& words = built_in_template(kind);
        BOOST_TEST(trouble_with("Subject: " + words.subject + "\n\n" + words.text, kind) == "");
        BOOST_TEST(words.text.find("\n{recipients}\n") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused) {
    BOOST_TEST(trouble_with("") == "its first line is not 'Subject: …'");
    BOOST_TEST(trouble_with("Subject:\n\nx") == "its first line is not 'Subject: …'");
    BOOST_TEST(trouble_with("Hello\n\nx") == "its first line is not 'Subject: …'");
    BOOST_TEST(trouble_with("Subject: x\n\n \n") == "there is no text behind its subject");
    BOOST_TEST(trouble_with("Subject: x\n\ncaf\xe9\n") == "it is not in UTF-8");
    BOOST_TEST(trouble_with("Subject: x\n\nbell\x07\n") == "it has control characters");
    BOOST_TEST(trouble_with("Subject: x\rBcc: eve@example.org\n\nx") == "it has control characters");
    BOOST_TEST(trouble_with("Subject: x\n\n{recipient}\n") ==
               "unknown placeholder {recipient}; did you mean {recipients}?");
    BOOST_TEST(trouble_with("Subject: {xyzzy_plugh}\n\nx\n") == "unknown placeholder {xyzzy_plugh}");
}

BOOST_AUTO_TEST_CASE(only_a_delay_has_an_end_to_be_told) {
    BOOST_TEST(trouble_with("Subject: x\n\n{until}\n", ReportKind::delay) == "");
    BOOST_TEST(trouble_with("Subject: x\n\n{until}\n") == "unknown placeholder {until}");
}

BOOST_AUTO_TEST_CASE(values_take_the_place_of_placeholders_and_are_not_looked_into) {
    const PlaceholderValues values{{"sender", "{hostname}"}, {"hostname", "mx"}};
    BOOST_TEST(filled("{sender} at {hostname}: {{sender} {} { {Sender} 100 %", values) ==
               "{hostname} at mx: {sender} {} { {Sender} 100 %");
}

BOOST_AUTO_TEST_SUITE_END()
