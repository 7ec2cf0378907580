// SPDX-License-Identifier: BSD-2-Clause
// Verdicts on the messages in tests/fuzz/corpus/validation, which are what mailers send and what they should
// not; data/validation_verdicts has a line for each.
#include "mail/validation.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "base/ascii.hpp"

using namespace postern;
using namespace postern::mail;
namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

namespace validation_tests {

const fs::path kCorpus = POSTERN_SOURCE_DIR "/tests/fuzz/corpus/validation";

struct Row {
    std::string file, rules, by_headers, strictly;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.file; }

Row parse_row(const std::string& line) {
    std::vector<std::string> columns;
    std::istringstream in(line);
    for (std::string column; std::getline(in, column, '|');) columns.emplace_back(ascii::trim(column));
    columns.resize(4);
    return {columns[0], columns[1], columns[2], columns[3]};
}

std::vector<Row> load_rows() {
    std::ifstream in(POSTERN_SOURCE_DIR "/tests/unit/mail/data/validation_verdicts");
    std::vector<Row> rows;
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line.front() != '#') rows.push_back(parse_row(line));
    return rows;
}

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<Flaw> flaw_in(std::string_view content, const ValidationRules& rules, std::size_t piece) {
    Validation validation(rules);
    for (std::size_t at = 0; at < content.size(); at += piece) validation.read(content.substr(at, piece));
    validation.finish();
    return validation.flaw();
}

std::string verdict(std::string_view content, const ValidationRules& rules, std::size_t piece = 1 << 20) {
    const auto flaw = flaw_in(content, rules, piece);
    return flaw ? to_string(*flaw) : "ok";
}

ValidationRules rules_of(const Row& row, Strictness strictness) {
    ValidationRules rules{.strictness = strictness};
    if (row.rules == "utf8") rules.header = HeaderOctets::utf8;
    if (row.rules == "report") rules.null_author = NullAuthor::allowed;
    return rules;
}

constexpr std::string_view kFrom = "From: alice@example.org\r\n";

}  // namespace validation_tests

BOOST_AUTO_TEST_SUITE(validation_tests)

BOOST_DATA_TEST_CASE(verdicts_are_as_listed_whatever_the_pieces, data::make(load_rows()), row) {
    const std::string content = read_file(kCorpus / (row.file + ".eml"));
    for (const std::size_t piece : {content.size() + 1, std::size_t{1}, std::size_t{2}, std::size_t{7}}) {
        BOOST_TEST(verdict(content, rules_of(row, Strictness::headers), piece) == row.by_headers);
        BOOST_TEST(verdict(content, rules_of(row, Strictness::strict), piece) == row.strictly);
    }
}

BOOST_AUTO_TEST_CASE(every_message_of_the_corpus_has_its_verdict) {
    std::set<std::string> listed, there;
    for (const Row& row : load_rows()) listed.insert(row.file);
    for (const auto& file : fs::directory_iterator(kCorpus)) there.insert(file.path().stem().string());
    BOOST_TEST(listed == there, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(who_is_refused_by_default_is_refused_strictly, data::make(load_rows()), row) {
    if (row.by_headers != "ok") BOOST_TEST(row.strictly != "ok");
}

BOOST_DATA_TEST_CASE(what_mailers_do_every_day_passes_by_default, data::make(load_rows()), row) {
    if (row.file.starts_with("daily_")) BOOST_TEST(row.by_headers == "ok");
}

BOOST_AUTO_TEST_CASE(a_report_may_have_no_author) {
    const std::string report = "From: <>\r\nSubject: failed\r\n\r\n";
    BOOST_TEST(verdict(report, {}) == "From, octet 0: names no address that can be read");
    BOOST_TEST(verdict(report, {.null_author = NullAuthor::allowed}) == "ok");
}

BOOST_AUTO_TEST_CASE(a_date_that_will_be_added_may_be_missing) {
    const std::string message = std::string(kFrom) + "\r\n";
    BOOST_TEST(verdict(message, {.strictness = Strictness::strict}) == "Date, octet 25: is missing");
    const ValidationRules adding{.strictness = Strictness::strict, .missing_date = MissingDate::added};
    BOOST_TEST(verdict(message, adding) == "ok");
    BOOST_TEST(verdict(std::string(kFrom) + "Date: today\r\n\r\n", adding) ==
               "Date, octet 25: is no date that can be read");
}

BOOST_AUTO_TEST_CASE(utf8_needs_to_be_declared_and_valid) {
    const std::string message = std::string(kFrom) + "X-A: a\xc3\xa4\r\nX-B: b\xe4\r\n\r\n\xff\r\n";
    BOOST_TEST(verdict(message, {}) == "X-A, octet 31: has 8-bit octets, and SMTPUTF8 was not declared");
    const ValidationRules utf8{.header = HeaderOctets::utf8};
    BOOST_TEST(verdict(message, utf8) == "X-B, octet 42: is no valid UTF-8");
    BOOST_TEST(verdict(std::string(kFrom) + "X-A: a\xc3", utf8) == "X-A, octet 25: is no valid UTF-8");
}

BOOST_AUTO_TEST_CASE(a_from_is_judged_to_16_kib) {
    const auto from = [](std::size_t octets) {
        return "From: a@a.example" + std::string(octets - 12, ' ') + "\r\n\r\n";
    };
    BOOST_TEST(verdict(from(16'383), {}) == "ok");  // and its CR
    BOOST_TEST(verdict(from(16'384), {}) == "From, octet 0: is longer than 16384 octets");
    BOOST_TEST(verdict(from(1 << 20), {}, 4096) == "From, octet 0: is longer than 16384 octets");
}

BOOST_AUTO_TEST_CASE(lines_are_of_998_octets_unless_the_message_is_binary) {
    const std::string head = std::string(kFrom) + "Date: 21 Nov 2026 20:30 Z\r\n\r\n";
    const auto long_line = [&](std::size_t octets) {
        return head + "a\r\n" + std::string(octets, 'x') + "\r\n";
    };
    const ValidationRules strict{.strictness = Strictness::strict};
    BOOST_TEST(verdict(long_line(998), strict) == "ok");
    for (const std::size_t piece : {1U, 500U, 10'000U})
        BOOST_TEST(verdict(long_line(999), strict, piece) ==
                   "body, octet 1056: a line is longer than 998 octets");
    BOOST_TEST(verdict(long_line(999), {}) == "ok");
    BOOST_TEST(verdict(long_line(99'999), {.strictness = Strictness::strict, .lines = LineLengths::any}) ==
               "ok");
}

BOOST_AUTO_TEST_CASE(names_of_all_fields_are_told_in_spite_of_flaws) {
    for (const std::size_t piece : {1U, 1000U}) {
        std::string names;
        Validation validation({}, [&](std::string_view name) { names += std::string(name) + ' '; });
        const std::string content = "To: a\r\nto: b\r\nReceived: c\r\n\r\nX: d\r\n";
        for (std::size_t at = 0; at < content.size(); at += piece) validation.read(content.substr(at, piece));
        BOOST_TEST(names == "To to Received ");
        BOOST_TEST(to_string(*validation.flaw()) == "to, octet 7: stands twice");
    }
}

BOOST_AUTO_TEST_CASE(a_flaw_is_known_as_soon_as_it_was_read) {
    Validation validation({});
    validation.read("To: a\r\nTo");
    BOOST_TEST(!validation.flaw().has_value());
    validation.read(":");
    BOOST_TEST(validation.flaw().has_value());
}

BOOST_AUTO_TEST_CASE(what_is_told_of_a_flaw_is_short) {
    const std::string message = std::string(kFrom) + std::string(900, 'N') + ": \xff\r\n\r\n";
    BOOST_TEST(verdict(message, {}).size() < 200);
}

BOOST_AUTO_TEST_SUITE_END()
