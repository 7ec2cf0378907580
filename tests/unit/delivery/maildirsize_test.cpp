// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildirsize.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using delivery::parse_maildirsize;
using delivery::Use;

BOOST_AUTO_TEST_SUITE(maildirsize_tests)

BOOST_AUTO_TEST_CASE(the_lines_add_up) {
    const auto size = parse_maildirsize("1000S\n500 3\n120 1\n-20 -1\n");
    BOOST_REQUIRE(size);
    BOOST_TEST(size->quota == 1000u);
    BOOST_TEST((size->use == Use{600, 3}));
    BOOST_TEST(size->lines == 3u);
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
    const auto size = parse_maildirsize(delivery::format_maildirsize(5'000'000'000, {4'999'999'999, 12}) +
                                        delivery::format_use({-7, -1}));
    BOOST_REQUIRE(size);
    BOOST_TEST(size->quota == 5'000'000'000u);
    BOOST_TEST((size->use == Use{4'999'999'992, 11}));
}

BOOST_AUTO_TEST_CASE(what_other_programs_write_is_understood) {
    BOOST_TEST(parse_maildirsize("500C,1000S\n1 1\n").value().quota == 1000u);
    BOOST_TEST(parse_maildirsize("1000S,500C\n1 1\n").value().quota == 1000u);
    BOOST_TEST((parse_maildirsize("1000S\n        12            1\n").value().use == Use{12, 1}));
    BOOST_TEST((parse_maildirsize("1000S\n12 1 \n").value().use == Use{12, 1}));
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_tells_nothing) {
    for (const char* text :
         {"", "\n", "1000S", "1000S\n", "1000\n1 1\n", "S\n1 1\n", "500C\n1 1\n", "-1S\n1 1\n", "1000S\n1 1",
          "1000S\n1\n", "1000S\n1 x\n", "1000S\n1 1 1\n", "1000S\n\n", "1000S\n1 1\n\n", "1000S\n-1 1\n",
          "1000S\n1 -1\n", "1000S\n9223372036854775807 1\n9223372036854775807 1\n", "1000S,\n1 1 1\n"})
        BOOST_TEST(!parse_maildirsize(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
