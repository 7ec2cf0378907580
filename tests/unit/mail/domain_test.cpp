// SPDX-License-Identifier: BSD-2-Clause
#include "mail/domain.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::mail::Domain;
namespace data = boost::unit_test::data;

namespace {

const std::string k63(63, 'a');
const std::vector<std::string> kLegal{"example.org",           "localhost", "a.b",
                                      "x1-2.example",          "1.2.3.4",   k63 + ".org",
                                      "xn--bcher-kva.example", "3com.com"};
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
                                        "b\xc3\xbc"
                                        "cher.example",
                                        std::string("a\0b.org", 7)};

}  // namespace

BOOST_AUTO_TEST_SUITE(domain_tests)

BOOST_DATA_TEST_CASE(legal_names_are_parsed, data::make(kLegal), text) {
    const auto domain = Domain::parse(text);
    BOOST_REQUIRE(domain);
    BOOST_TEST(domain->text() == text);
}

BOOST_DATA_TEST_CASE(illegal_names_are_refused, data::make(kIllegal), text) {
    BOOST_TEST(!Domain::parse(text));
}

BOOST_AUTO_TEST_CASE(case_is_folded) { BOOST_TEST(Domain::parse("EXAMPLE.Org")->text() == "example.org"); }

BOOST_AUTO_TEST_CASE(a_name_of_253_octets_is_the_longest) {
    const std::string longest = k63 + "." + k63 + "." + k63 + "." + k63.substr(0, 61);
    BOOST_TEST(longest.size() == 253U);
    BOOST_TEST(!!Domain::parse(longest));
    BOOST_TEST(!Domain::parse(longest + "a"));
}

BOOST_AUTO_TEST_SUITE_END()
