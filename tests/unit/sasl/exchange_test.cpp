// SPDX-License-Identifier: BSD-2-Clause
// Dialogues are transcripts (tests/transcripts/auth); here is what none can show.
#include "sasl/exchange.hpp"

#include <boost/test/unit_test.hpp>

#include "base/base64.hpp"
#include "base/sha256.hpp"
#include "sasl/scram_keys.hpp"

using namespace postern;
using namespace postern::sasl;

namespace exchange_tests {

const ChannelBindings kBindings{{"tls-exporter", "octets"}};
constexpr Mechanism kAll[]{Mechanism::scram_sha_256_plus, Mechanism::scram_sha_256, Mechanism::plain,
                           Mechanism::login};

// RFC 7677 §3.
const std::string kSalt = "\x5b\x6d\x99\x68\x9d\x12\x35\x8e\xec\xa0\x4b\x14\x12\x36\xfa\x81";
constexpr std::uint32_t kIterations = 4096;

template <class Kind>
bool is(const Step& step) {
    return std::holds_alternative<Kind>(step);
}

/// "right", "wrong" or "malformed": what a client hears who knows the password, and proves it for just what
/// he says in the end.
std::string answer_to_proven(std::string_view begin_of_final,
                             const std::string& first_bare = "n=user,r=abc") {
    const auto exchange = begin(Mechanism::scram_sha_256, {});
    exchange->respond("n,," + first_bare);
    const auto challenge = exchange->take({make_keys("pencil", kSalt, kIterations), "def"});
    const std::string message =
        first_bare + ',' + std::get<Challenge>(challenge).text + ',' + std::string(begin_of_final);
    std::string proof = hmac_sha256(pbkdf2_sha256("pencil", kSalt, kIterations), "Client Key");
    const std::string signature = hmac_sha256(sha256(proof), message);
    for (std::size_t i = 0; i < proof.size(); ++i) proof[i] = static_cast<char>(proof[i] ^ signature[i]);
    const auto step = exchange->respond(std::string(begin_of_final) + ",p=" + to_base64(proof));
    if (is<Challenge>(step)) return "right";
    return is<Claim>(step) ? "wrong" : "malformed";
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
    const auto exchange = begin(Mechanism::scram_sha_256, {});
    BOOST_REQUIRE(is<FindKeys>(exchange->respond("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")));
    const auto keys = make_keys("pencil", kSalt, kIterations);
    BOOST_REQUIRE(is<Challenge>(exchange->take({keys, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"})));
    const auto proved = exchange->respond(
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+"
        "Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    BOOST_REQUIRE(is<Challenge>(proved));
    BOOST_TEST(std::get<Challenge>(proved).text == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    BOOST_TEST(is<Malformed>(exchange->respond("more")));
}

BOOST_AUTO_TEST_CASE(a_proof_is_good_for_this_exchange_alone) {  // RFC 5802 §5.1
    BOOST_TEST(answer_to_proven("c=biws,r=abcdef") == "right");
    BOOST_TEST(answer_to_proven("c=biws,r=abcdef,x=more") == "right");
    for (const auto* of_another :
         {"c=biws,r=abc", "c=biws,r=abcdeg", "c=biws,r=def", "c=eSws,r=abcdef", "c=AAAA,r=abcdef"})
        BOOST_TEST(answer_to_proven(of_another) == "wrong", of_another);
}

BOOST_AUTO_TEST_CASE(who_would_act_for_another_is_told_by_every_mechanism) {
    const auto asked = begin(Mechanism::scram_sha_256, {})->respond("n,a=b=2Cob,n=alice,r=abc");
    BOOST_REQUIRE(is<FindKeys>(asked));
    BOOST_TEST(std::get<FindKeys>(asked).who.user == "alice");
    BOOST_TEST(std::get<FindKeys>(asked).who.acts_for == "b,ob");
    const auto claim = begin(Mechanism::plain, {})->respond(std::string_view("bob\0alice\0secret", 16));
    BOOST_REQUIRE(is<Claim>(claim));
    BOOST_TEST(std::get<Claim>(claim).who.acts_for == "bob");
}

BOOST_AUTO_TEST_CASE(a_name_is_prepared_by_every_mechanism) {  // RFC 4013, §3
    const auto asked = begin(Mechanism::scram_sha_256, {})->respond("n,,n=I\u00adX,r=abc");
    BOOST_REQUIRE(is<FindKeys>(asked));
    BOOST_TEST(std::get<FindKeys>(asked).who.user == "IX");
    BOOST_TEST(is<Malformed>(begin(Mechanism::scram_sha_256, {})->respond("n,,n=a\x07,r=abc")));
}

BOOST_AUTO_TEST_CASE(no_exchange_claims_anything_for_nothing) {
    for (const auto mechanism : kAll)
        for (const std::string_view response : {"", "\0\0", "\0", ",", "n,,", "p=tls-exporter,,n=,r="})
            BOOST_TEST(!is<Claim>(begin(mechanism, kBindings)->respond(response)));
}

BOOST_AUTO_TEST_SUITE_END()
