// SPDX-License-Identifier: BSD-2-Clause
#include "mail/release_domain.hpp"

#include <boost/test/unit_test.hpp>

using postern::mail::parse_release_domain;

BOOST_AUTO_TEST_SUITE(release_domain_tests)

BOOST_AUTO_TEST_CASE(a_domain_may_be_named_and_all_below_it) {
    BOOST_TEST(parse_release_domain("Example.NET").value_or("") == "example.net");
    BOOST_TEST(parse_release_domain("@Example.NET").value_or("") == "@example.net");
    BOOST_TEST(parse_release_domain("b\xc3\xbc"
                                    "cher.example")
                   .value_or("") == "xn--bcher-kva.example");
}

BOOST_AUTO_TEST_CASE(nothing_else_may) {
    for (const char* text : {"", "@", "#queue", "@@example.net", "exa mple.net", "../x", "[192.0.2.1]"})
        BOOST_TEST(!parse_release_domain(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
