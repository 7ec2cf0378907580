// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/parameters.hpp"

#include <limits>

#include <boost/test/unit_test.hpp>

using namespace postern::smtp;
using postern::mail::BodyType;

namespace parameters_tests {

Parameters good(std::string_view text) {
    return std::get<Parameters>(parse_parameters(text, ParameterPlace::mail));
}

int code_for(std::string_view text, ParameterPlace place = ParameterPlace::mail) {
    const auto parsed = parse_parameters(text, place);
    const auto* refusal = std::get_if<replies::Entry>(&parsed);
    return refusal ? refusal->code : 250;
}

}  // namespace parameters_tests

BOOST_AUTO_TEST_SUITE(parameters_tests)

BOOST_AUTO_TEST_CASE(none_is_legal) { BOOST_TEST(good("").size == 0U); }

BOOST_AUTO_TEST_CASE(size_and_body_are_read) {
    const Parameters both = good("SIZE=12345  BODY=8BitMime");
    BOOST_TEST(both.size == 12345U);
    BOOST_TEST((both.body == BodyType::eight_bit_mime));
    BOOST_TEST((good("body=7bit").body == BodyType::seven_bit));
    BOOST_TEST((good("BODY=binaryMIME").body == BodyType::binary_mime));
}

BOOST_AUTO_TEST_CASE(a_size_beyond_counting_is_the_largest) {
    BOOST_TEST(good("SIZE=99999999999999999999").size == std::numeric_limits<std::uint64_t>::max());
}

BOOST_AUTO_TEST_CASE(bad_values_are_501) {
    for (const char* text : {"SIZE", "SIZE=", "SIZE=x", "SIZE=-1", "SIZE=+1", "SIZE=1 SIZE=1",
                             "SIZE=000000000000000000001", "BODY=", "BODY=9BIT", "BODY=7BIT body=7BIT"})
        BOOST_TEST(code_for(text) == 501, text);
}

BOOST_AUTO_TEST_CASE(requiretls_has_no_value_and_is_for_those_it_is_offered_to) {
    const OfferedParameters offered{.require_tls = true};
    const auto code = [&](std::string_view text, ParameterPlace place) {
        const auto parsed = parse_parameters(text, place, offered);
        const auto* refusal = std::get_if<replies::Entry>(&parsed);
        return refusal ? refusal->code : 250;
    };
    BOOST_TEST(
        std::get<Parameters>(parse_parameters("requireTLS", ParameterPlace::mail, offered)).requires_tls);
    BOOST_TEST(!std::get<Parameters>(parse_parameters("SIZE=1", ParameterPlace::mail, offered)).requires_tls);
    for (const char* text : {"REQUIRETLS=", "REQUIRETLS=1", "REQUIRETLS REQUIRETLS"})
        BOOST_TEST(code(text, ParameterPlace::mail) == 501, text);
    BOOST_TEST(code("REQUIRETLS", ParameterPlace::rcpt) == 555);
    BOOST_TEST(code_for("REQUIRETLS") == 555);
}

BOOST_AUTO_TEST_CASE(unknown_names_are_555) {
    for (const char* text : {"X", "X=1", "=1", "SIZES=1", "SIZE=1 X"})
        BOOST_TEST(code_for(text) == 555, text);
}

BOOST_AUTO_TEST_CASE(parameters_of_mail_are_unknown_to_rcpt) {
    BOOST_TEST(code_for("SIZE=1", ParameterPlace::rcpt) == 555);
    BOOST_TEST(code_for("", ParameterPlace::rcpt) == 250);
}

BOOST_AUTO_TEST_SUITE_END()
