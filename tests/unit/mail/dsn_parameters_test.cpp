// SPDX-License-Identifier: BSD-2-Clause
#include "mail/dsn_parameters.hpp"

#include <vector>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern::mail;
namespace data = boost::unit_test::data;

namespace dsn_parameters_tests {

struct Row {
    std::string given, kept;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.given; }

const std::vector<Row> kNotify{{"NEVER", "NEVER"},
                               {"never", "NEVER"},
                               {"SUCCESS", "SUCCESS"},
                               {"delay,Failure", "FAILURE,DELAY"},
                               {"DELAY,SUCCESS,FAILURE", "SUCCESS,FAILURE,DELAY"},
                               {"FAILURE,FAILURE", "FAILURE"}};
const std::vector<std::string> kNoNotify{"",
                                         ",",
                                         "NEVER,",
                                         "SUCCESS,",
                                         ",SUCCESS",
                                         "SUCCESS,,DELAY",
                                         "ALWAYS",
                                         "SUCCESS;DELAY",
                                         "SUCCESS DELAY",
                                         "NEVER,SUCCESS",
                                         "SUCCESS,NEVER",
                                         "SUCCESS,X",
                                         "SUCCES"};

struct Pair {
    std::string one, other, both;
};
std::ostream& operator<<(std::ostream& out, const Pair& row) {
    return out << row.one << " and " << row.other;
}

// "" = not said, which is FAILURE and perhaps DELAY (RFC 3461 §4.1).
const std::vector<Pair> kPairs{{"", "", ""},
                               {"NEVER", "NEVER", "NEVER"},
                               {"NEVER", "", ""},
                               {"NEVER", "SUCCESS", "SUCCESS"},
                               {"FAILURE", "", ""},
                               {"SUCCESS", "", "SUCCESS,FAILURE,DELAY"},
                               {"SUCCESS", "DELAY", "SUCCESS,DELAY"},
                               {"FAILURE", "DELAY", "FAILURE,DELAY"},
                               {"FAILURE", "FAILURE", "FAILURE"}};

const std::string k100(100, 'e');
const std::vector<std::string> kEnvids{"QQ314159", "a+20b", "+2B+3D", k100,
                                       std::string(k100).replace(0, 1, "+65")};
const std::vector<std::string> kNoEnvids{"", "a b", "a=b", "a+2", "+0A", "+80", "ü", k100 + 'e'};

const std::vector<std::string> kOrcpts{
    "rfc822;alice@example.org",
    "RFC822;alice+2Btag@example.org",
    "rfc822;+22john+20doe+22@example.org",
    "x400;/S+3Dalice/",
    "unknown;x",
    "rfc822;" + std::string(493, 'a'),
    "utf-8;alice@example.org",
    "utf-8;jürgen@bücher.example",
    "UTF-8;j\\x{FC}rgen@b\\x{FC}cher.example",
    "utf-8;a\\x{2B}b\\x{3D}c\\x{5C}d\\x{20}e\\x{7F}",
    "utf-8;\\x{80}\\x{100}\\x{D7FF}\\x{E000}\\x{FFFF}\\x{10000}\\x{10FFFF}",
    "utf-8;\\x{09}"};
const std::vector<std::string> kNoOrcpts{"",
                                         "rfc822",
                                         ";",
                                         ";alice@example.org",
                                         "rfc822;",
                                         "rf c;a",
                                         "a@b;c",
                                         "ü;a",
                                         "rfc822;a b",
                                         "rfc822;a=b",
                                         "rfc822;a+b",
                                         "rfc822;a+0D+0Ab",
                                         "rfc822;a+00",
                                         "rfc822;jürgen@example.org",
                                         "rfc822;" + std::string(494, 'a'),
                                         "utf-8;",
                                         "utf-8;a+b",
                                         "utf-8;a=b",
                                         "utf-8;a b",
                                         "utf-8;j\xfcrgen",
                                         "utf-8;a\u0085",
                                         "utf-8;a\\b",
                                         "utf-8;\\x{41}",
                                         "utf-8;\\x{fc}",
                                         "utf-8;\\x{0FC}",
                                         "utf-8;\\x{00}",
                                         "utf-8;\\x{F}",
                                         "utf-8;\\x{}",
                                         "utf-8;\\x{D800}",
                                         "utf-8;\\x{DFFF}",
                                         "utf-8;\\x{110000}",
                                         "utf-8;\\x{1000000}",
                                         "utf-8;\\x{FC",
                                         "utf-8;\\xFC}"};

}  // namespace dsn_parameters_tests

BOOST_AUTO_TEST_SUITE(dsn_parameters_tests)

BOOST_DATA_TEST_CASE(notify_is_kept_in_one_form, data::make(kNotify), row) {
    BOOST_TEST(parse_notify(row.given).value_or("none") == row.kept);
}

BOOST_DATA_TEST_CASE(an_illegal_notify_is_refused, data::make(kNoNotify), value) {
    BOOST_TEST(!parse_notify(value));
}

BOOST_AUTO_TEST_CASE(what_was_asked_for_can_be_asked) {
    BOOST_TEST(asks_for("SUCCESS,DELAY", ReportOn::success));
    BOOST_TEST(!asks_for("SUCCESS,DELAY", ReportOn::failure));
    BOOST_TEST(asks_for("SUCCESS,DELAY", ReportOn::delay));
    BOOST_TEST(!asks_for("NEVER", ReportOn::failure));
    BOOST_TEST(!asks_for("", ReportOn::success));
    BOOST_TEST(asks_for("", ReportOn::failure));
    BOOST_TEST(asks_for("", ReportOn::delay));
}

BOOST_AUTO_TEST_CASE(all_but_success_may_be_asked_for_again) {
    BOOST_TEST(without_success("SUCCESS,FAILURE,DELAY") == "FAILURE,DELAY");
    BOOST_TEST(without_success("SUCCESS") == "NEVER");
    BOOST_TEST(without_success("NEVER") == "NEVER");
    BOOST_TEST(without_success("").empty());
}

BOOST_DATA_TEST_CASE(two_are_as_wide_as_both, data::make(kPairs), row) {
    BOOST_TEST(wider_notify(row.one, row.other) == row.both);
    BOOST_TEST(wider_notify(row.other, row.one) == row.both);
}

BOOST_DATA_TEST_CASE(legal_envids_pass, data::make(kEnvids), value) { BOOST_TEST(is_envid(value)); }
BOOST_DATA_TEST_CASE(illegal_envids_do_not, data::make(kNoEnvids), value) { BOOST_TEST(!is_envid(value)); }
BOOST_DATA_TEST_CASE(legal_orcpts_pass, data::make(kOrcpts), value) { BOOST_TEST(is_orcpt(value)); }
BOOST_DATA_TEST_CASE(illegal_orcpts_do_not, data::make(kNoOrcpts), value) { BOOST_TEST(!is_orcpt(value)); }

BOOST_AUTO_TEST_SUITE_END()
