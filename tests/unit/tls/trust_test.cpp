// SPDX-License-Identifier: BSD-2-Clause
// Which certificates a client believes that may not believe all (RFC 6125).
#include <fstream>

#include <boost/test/unit_test.hpp>

#include "engine_pair.hpp"
#include "support/temporary_directory.hpp"

using namespace postern;
using namespace postern::test;
using tls::KeyKind;
using State = tls::Engine::State;

namespace trust_tests {

const Instant kLongAgo = *parse_rfc3339("2020-01-01T00:00:00Z");
constexpr auto kDay = std::chrono::hours(24);

/// Good whenever the test runs: certificates are held against the system's clock.
std::string lasting(const std::vector<std::string>& names) {
    return self_signed(names, KeyKind::ecdsa, kLongAgo, kLongAgo + kDay * 36500);
}

/// A client that wants `wanted`, and believes only `authority` or, without one, the server's own certificate.
class Trusting : public Pair {
public:
    Trusting(const std::string& wanted, const std::string& certificate, const std::string& authority = "")
        : Pair({{"mx.example.org.ecdsa.pem", certificate}}, {},
               believing(authority.empty() ? certificate : authority), wanted, tls::Certificates::trusted) {
        shake_hands();
    }

private:
    static tls::Options believing(const std::string& authority) {
        static const TemporaryDirectory directory;
        tls::Options options;
        options.authorities = directory.path() + "/authorities.pem";
        std::ofstream(options.authorities) << authority;
        return options;
    }
};

}  // namespace trust_tests

BOOST_AUTO_TEST_SUITE(trust_tests)

BOOST_AUTO_TEST_CASE(where_certificates_must_be_trusted_that_of_the_host_is) {
    Trusting pair("mx.example.org", lasting({"mx.example.org"}));
    BOOST_TEST((pair.client->state() == State::open));
    BOOST_TEST((pair.server->state() == State::open));
    Trusting below("mx.example.org", lasting({"*.example.org"}));
    BOOST_TEST((below.client->state() == State::open));
}

BOOST_AUTO_TEST_CASE(a_certificate_of_another_name_is_not) {
    for (const auto* wanted : {"mx.example.net", "example.org", "a.mx.example.org", "192.0.2.1", ""}) {
        Trusting pair(wanted, lasting({"mx.example.org"}));
        BOOST_TEST((pair.client->state() == State::failed), wanted);
        BOOST_TEST((pair.server->state() == State::failed), wanted);
    }
    Trusting pair("mx.example.net", lasting({"mx.example.org"}));
    BOOST_TEST(pair.client->trouble().what() ==
               "TLS handshake: certificate verify failed (hostname mismatch)");
    BOOST_TEST((pair.client->trouble().fault() == Fault::permanent));
    Trusting partial("mx.example.org", lasting({"m*.example.org"}));
    BOOST_TEST((partial.client->state() == State::failed));
}

BOOST_AUTO_TEST_CASE(nor_one_of_an_unknown_authority) {
    Trusting unknown("mx.example.org", lasting({"mx.example.org"}), lasting({"ca.example.org"}));
    BOOST_TEST(unknown.client->trouble().what() ==
               "TLS handshake: certificate verify failed (self-signed certificate)");
    BOOST_TEST((unknown.client->trouble().fault() == Fault::permanent));
}

BOOST_AUTO_TEST_CASE(one_that_has_expired_may_be_renewed) {
    Trusting late("mx.example.org", self_signed({"mx.example.org"}, KeyKind::ecdsa, kLongAgo, kNow + kDay));
    BOOST_TEST(late.client->trouble().what() ==
               "TLS handshake: certificate verify failed (certificate has expired)");
    BOOST_TEST((late.client->trouble().fault() == Fault::temporary));
}

BOOST_AUTO_TEST_CASE(without_authorities_nothing_can_be_trusted) {
    tls::Options options;
    options.authorities = "/nonexistent";
    const auto made = tls::ClientContext::make(options, tls::Certificates::trusted);
    BOOST_REQUIRE(!made);
    BOOST_TEST(made.error().what().starts_with("tls.authorities: /nonexistent: "));
}

BOOST_AUTO_TEST_SUITE_END()
