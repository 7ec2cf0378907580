// SPDX-License-Identifier: BSD-2-Clause
#include "mail/domain.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::mail::Domain;
namespace data = boost::unit_test::data;

namespace domain_tests {

const std::string k63(63, 'a');
const std::vector<std::string> kLegal{"example.org",           "localhost", "a.b",
                                      "x1-2.example",          "1.2.3.4",   k63 + ".org",
                                      "xn--bcher-kva.example", "3com.com"};
struct Name {
    std::string text, held, shown;
};
std::ostream& operator<<(std::ostream& out, const Name& row) { return out << row.text; }

// RFC 5890 §2.3.2.1, UTS 46 §4: what is written, as it stands in the DNS, for people.
const std::vector<Name> kUnicode{
    {"bücher.example", "xn--bcher-kva.example", "bücher.example"},
    {"BÜCHER.Example", "xn--bcher-kva.example", "bücher.example"},
    {"bu\u0308cher.example", "xn--bcher-kva.example", "bücher.example"},
    {"straße.example", "xn--strae-oqa.example", "straße.example"},
    {"例え.テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト"},
    {"παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp", "παράδειγμα.δοκιμή"},
    {"ｅｘａｍｐｌｅ.org", "example.org", "example.org"},
    {"xn--bcher-kva.bücher.example", "xn--bcher-kva.xn--bcher-kva.example", "bücher.bücher.example"},
    {"XN--BCHER-KVA.example", "xn--bcher-kva.example", "bücher.example"},
    {"xn--a.example", "xn--a.example", "xn--a.example"},
    {"xn--0000h.example", "xn--0000h.example", "xn--0000h.example"},
    {"example.org", "example.org", "example.org"},
};
const std::vector<std::string> kNoULabels{
    "b\xc3.example",
    "b\xfc"
    "cher.example",
    "\xed\xa0\x80.example",
    "\xc0\xae.example",
    "bücher..example",
    "bücher.example.",
    "-bücher.example",
    "bü cher.example",
    "bü_cher.example",
    "bücher\u0001.example",
    "\u0080.example",
    "\u0301abc.example",
    "☃.example",
    "a\u200db.example",
    "＿.example",
    std::string("bü\0cher.example", 16),
    "xn--bü.example",
    "＜a＞.example",
};
const std::vector<std::string> kIllegal{"",
                                        ".",
                                        ".example.org",
                                        "example.org.",
                                        "a..b",
                                        "-a.org",
                                        "a-.org",
                                        "a_b.org",
                                        "a b.org",
                                        k63 + "a.org",
                                        k63 + "." + k63 + "." + k63 + "." + k63,
                                        std::string("a\0b.org", 7)};

}  // namespace domain_tests

BOOST_AUTO_TEST_SUITE(domain_tests)

BOOST_DATA_TEST_CASE(legal_names_are_parsed, data::make(kLegal), text) {
    const auto domain = Domain::parse(text);
    BOOST_REQUIRE(domain);
    BOOST_TEST(domain->text() == text);
}

BOOST_DATA_TEST_CASE(illegal_names_are_refused, data::make(kIllegal), text) {
    BOOST_TEST(!Domain::parse(text));
}

BOOST_DATA_TEST_CASE(u_labels_are_held_as_a_labels, data::make(kUnicode), row) {
    const auto domain = Domain::parse(row.text);
    BOOST_REQUIRE(domain);
    BOOST_TEST(domain->text() == row.held);
    BOOST_TEST(domain->unicode() == row.shown);
    BOOST_TEST(!!(Domain::parse(domain->unicode()) == domain));
}

BOOST_AUTO_TEST_CASE(a_label_that_stands_for_none_is_shown_as_it_is) {
    BOOST_TEST(Domain::parse("xn--a.xn--bcher-kva")->unicode() == "xn--a.bücher");
}

BOOST_DATA_TEST_CASE(what_is_no_u_label_is_refused, data::make(kNoULabels), text) {
    BOOST_TEST(!Domain::parse(text));
}

BOOST_AUTO_TEST_CASE(the_limits_hold_for_a_labels) {
    std::string label;  // each ü takes two octets, and less than two of its A-label
    for (int i = 0; i < 57; ++i) label += "ü";
    BOOST_TEST(!!Domain::parse(label + ".example"));
    BOOST_TEST(Domain::parse(label + ".example")->text().find('.') <= 63U);
    BOOST_TEST(!Domain::parse(label + "üüüüü.example"));
}

BOOST_AUTO_TEST_CASE(case_is_folded) { BOOST_TEST(Domain::parse("EXAMPLE.Org")->text() == "example.org"); }

BOOST_AUTO_TEST_CASE(a_name_of_253_octets_is_the_longest) {
    const std::string longest = k63 + "." + k63 + "." + k63 + "." + k63.substr(0, 61);
    BOOST_TEST(longest.size() == 253U);
    BOOST_TEST(!!Domain::parse(longest));
    BOOST_TEST(!Domain::parse(longest + "a"));
}

BOOST_AUTO_TEST_SUITE_END()
