// SPDX-License-Identifier: BSD-2-Clause
#include "mail/quoted_printable.hpp"

#include <boost/test/unit_test.hpp>

using postern::mail::to_quoted_printable;

BOOST_AUTO_TEST_SUITE(quoted_printable_tests)

BOOST_AUTO_TEST_CASE(what_must_be_encoded_is) {
    const std::pair<std::string_view, std::string_view> table[] = {
        {"", ""},
        {"plain text\r\n", "plain text\r\n"},
        {"a=b\r\n", "a=3Db\r\n"},
        {"caf\xc3\xa9\r\n", "caf=C3=A9\r\n"},
        {"blank at the end \r\nx", "blank at the end=20\r\nx"},
        {"tab\t\r\n", "tab=09\r\n"},
        {"bare\rcr\nlf", "bare=0Dcr=0Alf"},
        {"\r\n\r\n", "\r\n\r\n"},
    };
    for (const auto& [plain, encoded] : table) BOOST_TEST(to_quoted_printable(plain) == encoded);
}

BOOST_AUTO_TEST_CASE(no_line_is_longer_than_76) {
    std::string long_line;
    for (int i = 0; i < 500; ++i) long_line += i % 3 == 0 ? "\xff" : "x";
    const std::string encoded = to_quoted_printable(long_line);
    for (std::size_t start = 0, end = 0; start < encoded.size(); start = end + 2) {
        end = std::min(encoded.find("\r\n", start), encoded.size());
        BOOST_TEST(end - start <= 76u);
    }
}

BOOST_AUTO_TEST_SUITE_END()
