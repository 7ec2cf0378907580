// SPDX-License-Identifier: BSD-2-Clause
// Dialogues are transcripts (tests/transcripts/auth); here is what none can show.
#include "sasl/exchange.hpp"

#include <boost/test/unit_test.hpp>

#include "sasl/scram_keys.hpp"

using namespace postern;
using namespace postern::sasl;

namespace exchange_tests {

const ChannelBindings kBindings{{"tls-exporter", "octets"}};
constexpr Mechanism kAll[]{Mechanism::scram_sha_256_plus, Mechanism::scram_sha_256, Mechanism::plain,
                           Mechanism::login};

template <class Kind>
bool is(const Step& step) {
    return std::holds_alternative<Kind>(step);
}

}  // namespace exchange_tests

BOOST_AUTO_TEST_SUITE(exchange_tests)

BOOST_AUTO_TEST_CASE(keys_that_nobody_asked_for_end_it) {
    BOOST_TEST(is<Malformed>(begin(Mechanism::plain, {})->take({})));
    BOOST_TEST(is<Malformed>(begin(Mechanism::login, {})->take({})));
}

BOOST_AUTO_TEST_CASE(what_comes_instead_of_the_keys_ends_it) {
    const auto exchange = begin(Mechanism::scram_sha_256, {});
    BOOST_REQUIRE(is<FindKeys>(exchange->respond("n,,n=alice,r=abc")));
    BOOST_TEST(is<Malformed>(exchange->respond("n,,n=alice,r=abc")));
}

BOOST_AUTO_TEST_CASE(a_client_that_says_more_behind_the_servers_proof_has_not_logged_in) {
    // RFC 7677 §3.
    const auto exchange = begin(Mechanism::scram_sha_256, {});
    BOOST_REQUIRE(is<FindKeys>(exchange->respond("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")));
    const auto keys =
        make_keys("pencil", "\x5b\x6d\x99\x68\x9d\x12\x35\x8e\xec\xa0\x4b\x14\x12\x36\xfa\x81", 4096);
    BOOST_REQUIRE(is<Challenge>(exchange->take({keys, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"})));
    const auto proved = exchange->respond(
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+"
        "Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    BOOST_REQUIRE(is<Challenge>(proved));
    BOOST_TEST(std::get<Challenge>(proved).text == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    BOOST_TEST(is<Malformed>(exchange->respond("more")));
}

BOOST_AUTO_TEST_CASE(no_exchange_claims_anything_for_nothing) {
    for (const auto mechanism : kAll)
        for (const std::string_view response : {"", "\0\0", "\0", ",", "n,,", "p=tls-exporter,,n=,r="})
            BOOST_TEST(!is<Claim>(begin(mechanism, kBindings)->respond(response)));
}

BOOST_AUTO_TEST_SUITE_END()
