// SPDX-License-Identifier: BSD-2-Clause
#include "runner/templates.hpp"

#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"
#include "support/recording_log.hpp"

using namespace postern;
using namespace postern::runner;

namespace templates_tests {

struct Shelf {
    const ReportTemplate words(ReportKind kind = ReportKind::failure) {
        return Templates(files, "templates", log).words_for(kind);
    }
    void check_built_in(const std::string& reason) {
        BOOST_TEST(words().subject == built_in_template(ReportKind::failure).subject);
        BOOST_REQUIRE(log.entries.size() == 1u);
        BOOST_TEST(log.entries[0].event == "template_not_used");
        BOOST_TEST(log.entries[0].field("reason").find(reason) != std::string::npos,
                   log.entries[0].field("reason"));
        BOOST_TEST(check_templates(files, "templates").size() == 1u);
    }

    test::MemoryFiles files;
    test::RecordingLog log;
};

}  // namespace templates_tests

BOOST_FIXTURE_TEST_SUITE(templates_tests, templates_tests::Shelf)

BOOST_AUTO_TEST_CASE(without_a_file_the_built_in_words_are_used_silently) {
    BOOST_TEST(words().text == built_in_template(ReportKind::failure).text);
    files.make_directories("templates");
    BOOST_TEST(words().text == built_in_template(ReportKind::failure).text);
    BOOST_TEST(log.entries.empty());
    BOOST_TEST(check_templates(files, "templates").empty());
}

BOOST_AUTO_TEST_CASE(each_kind_has_its_file) {
    for (const char* name : {"failure", "delay", "double"})
        files.put("templates/" + std::string(name) + ".txt", "Subject: " + std::string(name) + "\n\ntext\n");
    BOOST_TEST(words(ReportKind::failure).subject == "failure");
    BOOST_TEST(words(ReportKind::delay).subject == "delay");
    BOOST_TEST(words(ReportKind::double_bounce).subject == "double");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_keeps_no_report_back) {
    files.put("templates/failure.txt", "Subject: mine\n\ntext\n");
    files.fail_on("templates/failure.txt", EACCES);
    check_built_in("templates/failure.txt");
}

BOOST_AUTO_TEST_CASE(a_wrong_file_keeps_no_report_back) {
    files.put("templates/failure.txt", "Subject: mine\n\n{recipientz}\n");
    check_built_in("templates/failure.txt: unknown placeholder {recipientz}");
}

BOOST_AUTO_TEST_CASE(a_huge_file_keeps_no_report_back) {
    files.put("templates/failure.txt", "Subject: mine\n\n" + std::string(100'000, 'x'));
    check_built_in("templates/failure.txt");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_logged_once) {
    files.put("templates/failure.txt", "nothing");
    Templates templates(files, "templates", log);
    for (int i = 0; i < 3; ++i) templates.words_for(ReportKind::failure);
    BOOST_TEST(log.entries.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
