// SPDX-License-Identifier: BSD-2-Clause
#include "mail/utf8_reader.hpp"

#include <string>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::mail::Utf8Reader;
namespace data = boost::unit_test::data;

namespace utf8_reader_tests {

bool is_utf8(const std::string& text) {
    Utf8Reader reader;
    for (const char c : text)
        if (!reader.take(c)) return false;
    return reader.is_whole();
}

// The ends of each row of RFC 3629 §4.
const std::vector<std::string> kValid{"",
                                      "a\x7f",
                                      "\xc2\x80",
                                      "\xdf\xbf",
                                      "\xe0\xa0\x80",
                                      "\xed\x9f\xbf",
                                      "\xee\x80\x80",
                                      "\xef\xbf\xbf",
                                      "\xf0\x90\x80\x80",
                                      "\xf4\x8f\xbf\xbf",
                                      "a\xc3\xa4"
                                      "b\xe2\x82\xac"};
const std::vector<std::string> kInvalid{"\x80",
                                        "\xc0\x80",
                                        "\xc1\xbf",
                                        "\xe0\x9f\xbf",
                                        "\xed\xa0\x80",
                                        "\xf0\x8f\xbf\xbf",
                                        "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80",
                                        "\xff",
                                        "\xc3",
                                        "\xc3(",
                                        "\xe2\x82",
                                        "\xe2\x82z",
                                        "a\xfc"};

}  // namespace utf8_reader_tests

BOOST_AUTO_TEST_SUITE(utf8_reader_tests)

BOOST_DATA_TEST_CASE(the_shortest_form_is_taken, data::make(kValid), text) { BOOST_TEST(is_utf8(text)); }

BOOST_DATA_TEST_CASE(nothing_else_is, data::make(kInvalid), text) { BOOST_TEST(!is_utf8(text)); }

BOOST_AUTO_TEST_SUITE_END()
