// SPDX-License-Identifier: BSD-2-Clause
#include "dns/rdata.hpp"

#include <array>

#include <boost/test/unit_test.hpp>

namespace postern::dns {

using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(rdata_tests)

BOOST_AUTO_TEST_CASE(addresses_of_both_families_are_read) {
    BOOST_TEST(read_address("\xc0\x00\x02\x07"sv, IpAddress::Family::v4)->to_string() == "192.0.2.7");
    BOOST_TEST(
        read_address("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x09"sv, IpAddress::Family::v6)->to_string() ==
        "2001:db8::9");
}

BOOST_AUTO_TEST_CASE(an_address_of_another_length_is_refused) {
    BOOST_TEST(!read_address("\xc0\x00\x02"sv, IpAddress::Family::v4));
    BOOST_TEST(!read_address("\xc0\x00\x02\x07"sv, IpAddress::Family::v6));
}

BOOST_AUTO_TEST_CASE(an_mx_has_a_preference_and_a_name_in_lower_case) {
    const auto mx = read_mx("\x01\x02\002Mx\007Example\0"sv);
    BOOST_REQUIRE(mx);
    BOOST_TEST(mx->preference == 258);
    BOOST_TEST(mx->exchange == "mx.example");
}

BOOST_AUTO_TEST_CASE(the_root_is_the_empty_name) { BOOST_TEST(read_mx("\0\0\0"sv)->exchange.empty()); }

BOOST_AUTO_TEST_CASE(malformed_names_are_refused) {
    constexpr std::array wires{""sv,         "\003abc"sv,   "\004abc\0"sv, "\0x"sv,
                               "\300\014"sv, "\003a c\0"sv, "\003a.c\0"sv, "\001\200\0"sv};
    for (const auto wire : wires) BOOST_TEST(!read_name(wire));
}

BOOST_AUTO_TEST_CASE(a_name_may_have_253_octets_and_no_more) {
    const std::string label = "\x3f" + std::string(63, 'a');
    const auto wire = [&](std::size_t last) {
        return label + label + label + static_cast<char>(last) + std::string(last, 'b') + '\0';
    };
    BOOST_TEST(read_name(wire(61))->size() == 253u);
    BOOST_TEST(!read_name(wire(62)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::dns
