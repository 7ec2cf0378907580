// SPDX-License-Identifier: BSD-2-Clause
// What is made is what is read (make.hpp, inspect.hpp).
#include "certificates.hpp"

#include <boost/test/unit_test.hpp>

#include "tls/inspect.hpp"

using namespace postern;
using namespace postern::test;
using tls::inspect_certificate;
using tls::KeyKind;

BOOST_AUTO_TEST_SUITE(certificates_tests)

BOOST_AUTO_TEST_CASE(a_self_signed_one_says_what_it_was_made_for) {
    const auto info = inspect_certificate(self_signed({"mx.example.org", "*.example.net"}));
    BOOST_REQUIRE(info);
    BOOST_TEST((info->names == std::vector<std::string>{"mx.example.org", "*.example.net"}));
    BOOST_TEST(info->issuer == "mx.example.org");
    BOOST_TEST(info->is_self_signed);
    BOOST_TEST((info->not_before == kNow - std::chrono::hours(24)));
    BOOST_TEST((info->not_after == kNow + std::chrono::hours(24)));
    BOOST_TEST(info->key_kind == "ecdsa");
    BOOST_TEST(info->key == "P-256");
}

BOOST_AUTO_TEST_CASE(a_key_may_be_of_the_older_kind) {
    const auto info = inspect_certificate(self_signed({"mx.example.org"}, KeyKind::rsa));
    BOOST_REQUIRE(info);
    BOOST_TEST(info->key_kind == "rsa");
    BOOST_TEST(info->key == "RSA 2048");
}

BOOST_AUTO_TEST_CASE(a_long_name_stands_where_names_stand_today) {
    const std::string name = std::string(60, 'a') + ".example.org";
    const auto info = inspect_certificate(self_signed({name}));
    BOOST_REQUIRE(info);
    BOOST_TEST((info->names == std::vector{name}));
}

BOOST_AUTO_TEST_CASE(a_wildcard_is_for_one_label) {  // RFC 6125 §6.4.3
    const auto info = inspect_certificate(self_signed({"mx.example.org", "*.example.net"}));
    BOOST_REQUIRE(info);
    BOOST_TEST(is_for(*info, "MX.example.org"));
    BOOST_TEST(is_for(*info, "a.example.net"));
    BOOST_TEST(!is_for(*info, "example.net"));
    BOOST_TEST(!is_for(*info, "a.b.example.net"));
}

BOOST_AUTO_TEST_CASE(a_certificate_and_a_key_are_put_together_if_they_fit) {
    const std::string mine = self_signed({"mx.example.org"});
    const auto together = tls::put_together(mine, mine);
    BOOST_REQUIRE(together);
    BOOST_TEST(together->view() == mine);
    const auto other = tls::put_together(mine, self_signed({"x.example"}, KeyKind::rsa));
    BOOST_REQUIRE(!other);
    BOOST_TEST(other.error().what() == "the key does not belong to the certificate");
}

BOOST_AUTO_TEST_CASE(what_is_no_certificate_is_told) {
    BOOST_TEST(inspect_certificate("").error().what() == "has no certificate");
    BOOST_TEST(!inspect_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    BOOST_TEST(!tls::put_together(self_signed({"mx.example.org"}), "no key"));
}

BOOST_AUTO_TEST_CASE(a_request_is_made) {
    const auto key = *tls::make_key(KeyKind::ecdsa);
    const auto request = tls::make_request(key.get(), {"mx.example.org"});
    BOOST_REQUIRE(request);
    BOOST_TEST(request->starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
}

BOOST_AUTO_TEST_SUITE_END()
