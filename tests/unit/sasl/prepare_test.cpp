// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/prepare.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern::sasl;

namespace prepare_tests {

struct Prepared {
    std::string_view text;
    std::string_view result;
};
std::ostream& operator<<(std::ostream& out, const Prepared& each) { return out << each.text; }

// The first six are RFC 4013 §3.
const Prepared kPrepared[] = {{"I\u00adX", "IX"},
                              {"user", "user"},
                              {"USER", "USER"},
                              {"\u00aa", "a"},
                              {"\u2168", "IX"},
                              {"", ""},
                              {" leading and  double blanks ", " leading and  double blanks "},
                              {"no\u00a0break\u3000space", "no break space"},
                              {"cafe\u0301", "caf\u00e9"},
                              {"\u0627\u0628", "\u0627\u0628"},
                              {"\u0627 1\u0628", "\u0627 1\u0628"},
                              {"p\u00e4\u00dfw\u00f6rd \U0001f40e", "p\u00e4\u00dfw\u00f6rd \U0001f40e"}};

// The first two are RFC 4013 §3.
const std::string_view kRefused[] = {"\x07",         "\u0627\u0031", "\xff",   "tab\there",  "line\nfeed",
                                     "\u0085",       "\ue000",       "\ufdd0", "\uffff",     "\U0001fffe",
                                     "\u202eabc",    "\ufffd",       "\u06dd", "\U000e0041", "\u0627a\u0628",
                                     "\xed\xa0\x80", "\x7f"};

}  // namespace prepare_tests

BOOST_AUTO_TEST_SUITE(prepare_tests)

BOOST_DATA_TEST_CASE(what_looks_the_same_becomes_the_same, boost::unit_test::data::make(kPrepared), each) {
    BOOST_TEST(prepare(each.text).value_or("refused") == each.result);
}

BOOST_DATA_TEST_CASE(what_nobody_can_see_or_type_is_refused, boost::unit_test::data::make(kRefused), text) {
    BOOST_TEST(prepare(text).value_or("refused") == "refused");
}

BOOST_AUTO_TEST_CASE(a_nul_is_refused) { BOOST_TEST(!prepare(std::string_view("a\0b", 3))); }

BOOST_AUTO_TEST_SUITE_END()
