// SPDX-License-Identifier: BSD-2-Clause
#include "mail/xtext.hpp"

#include <string>
#include <vector>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::mail::from_xtext;
using postern::mail::to_xtext;
namespace data = boost::unit_test::data;

namespace xtext_tests {

struct Row {
    std::string text, octets;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.text; }

const std::vector<Row> kLegal{{"", ""},
                              {"alice@example.org", "alice@example.org"},
                              {"!~", "!~"},
                              {"a+2Btag@example.org", "a+tag@example.org"},
                              {"+22john+20doe+22@c.example", "\"john doe\"@c.example"},
                              {"+3D+2B", "=+"},
                              {"+41", "A"},  // may be encoded all the same
                              {"+00+FF+0A", std::string("\0\xff\n", 3)}};
const std::vector<std::string> kIllegal{"a=b", "a b", "a\tb", "a\x7f", "ü",  "+",  "+2",
                                        "a+2", "+2b", "+2G",  "+ 2",   "++", "+-1"};

}  // namespace xtext_tests

BOOST_AUTO_TEST_SUITE(xtext_tests)

BOOST_DATA_TEST_CASE(xtext_stands_for_octets, data::make(kLegal), row) {
    const auto octets = from_xtext(row.text);
    BOOST_REQUIRE(octets);
    BOOST_TEST(*octets == row.octets);
}

BOOST_DATA_TEST_CASE(what_is_no_xtext_stands_for_nothing, data::make(kIllegal), text) {
    BOOST_TEST(!from_xtext(text));
}

BOOST_AUTO_TEST_CASE(octets_become_xtext_and_come_back) {
    BOOST_TEST(to_xtext("a+b=c d@x") == "a+2Bb+3Dc+20d@x");
    const std::string octets("\0\xff\n+=~!", 7);
    BOOST_TEST(*from_xtext(to_xtext(octets)) == octets);
}

BOOST_AUTO_TEST_SUITE_END()
