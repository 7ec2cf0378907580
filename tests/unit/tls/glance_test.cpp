// SPDX-License-Identifier: BSD-2-Clause
#include "tls/glance.hpp"

#include <boost/test/unit_test.hpp>

#include "certificates.hpp"

using namespace postern;
using namespace postern::test;
using tls::check_at_a_glance;
using tls::KeyKind;

namespace glance_tests {

const std::string kCertificate = "-----BEGIN CERTIFICATE-----";

/// One half of a file, and the other.
std::string key_of(const std::string& pem) { return pem.substr(0, pem.find(kCertificate)); }
std::string certificate_of(const std::string& pem) { return pem.substr(pem.find(kCertificate)); }

std::string verdict(const std::string& pem, Instant now = kNow) {
    const Status good = check_at_a_glance(pem, now);
    return good ? "good" : good.error().what();
}

/// Of a key that was made for nothing else.
std::string other_key(KeyKind kind) {
    const auto key = *tls::make_key(kind);
    return std::string((*tls::to_pem(key.get())).view());
}

}  // namespace glance_tests

BOOST_AUTO_TEST_SUITE(glance_tests)

BOOST_AUTO_TEST_CASE(a_certificate_with_its_key_is_good_in_any_order) {
    for (const auto kind : {KeyKind::ecdsa, KeyKind::rsa}) {
        const std::string pem = self_signed({"mx.example.org"}, kind);
        BOOST_TEST(verdict(pem) == "good");
        BOOST_TEST(verdict(certificate_of(pem) + key_of(pem)) == "good");
    }
}

BOOST_AUTO_TEST_CASE(only_the_first_certificate_counts) {
    const std::string pem = self_signed({"mx.example.org"});
    BOOST_TEST(verdict(pem + certificate_of(self_signed({"ca.example"}, KeyKind::rsa))) == "good");
}

BOOST_AUTO_TEST_CASE(a_certificate_out_of_its_time_is_told_with_the_day) {
    const std::string pem = self_signed({"mx.example.org"});
    BOOST_TEST(verdict(pem, kNow + std::chrono::hours(25)) == "expired on 2026-11-22T20:30:00Z");
    BOOST_TEST(verdict(pem, kNow - std::chrono::hours(25)) == "not valid before 2026-11-20T20:30:00Z");
    BOOST_TEST(verdict(pem, kNow + std::chrono::hours(24)) == "good");
}

BOOST_AUTO_TEST_CASE(a_time_beyond_2049_has_a_year_of_four_digits) {  // RFC 5280 §4.1.2.5
    const std::string pem =
        self_signed({"mx.example.org"}, KeyKind::ecdsa, kNow, *parse_rfc3339("2051-02-03T04:05:06Z"));
    BOOST_TEST(verdict(pem) == "good");
    BOOST_TEST(verdict(pem, *parse_rfc3339("2051-02-03T04:05:07Z")) == "expired on 2051-02-03T04:05:06Z");
}

BOOST_AUTO_TEST_CASE(a_key_of_another_certificate_does_not_fit) {
    for (const auto kind : {KeyKind::ecdsa, KeyKind::rsa}) {
        const std::string certificate = certificate_of(self_signed({"mx.example.org"}, kind));
        for (const auto of_key : {KeyKind::ecdsa, KeyKind::rsa})
            BOOST_TEST(verdict(other_key(of_key) + certificate) ==
                       "its private key belongs to another certificate");
    }
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named) {
    const std::string pem = self_signed({"mx.example.org"});
    BOOST_TEST(verdict("") == "has no certificate");
    BOOST_TEST(verdict(key_of(pem)) == "has no certificate");
    BOOST_TEST(verdict(certificate_of(pem)) == "has no private key");
}

BOOST_AUTO_TEST_CASE(a_key_with_a_pass_phrase_is_told) {
    // An EncryptedPrivateKeyInfo begins with an algorithm, where a key has its version.
    const std::string encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAkwAgUABAMBAgM=\n-----END ENCRYPTED PRIVATE KEY-----\n";
    BOOST_TEST(verdict(encrypted + certificate_of(self_signed({"mx.example.org"}))) ==
               "its private key cannot be read; it must have no pass phrase");
}

BOOST_AUTO_TEST_CASE(what_is_cut_off_or_changed_harms_nobody) {
    const std::string pem = self_signed({"mx.example.org"});
    for (std::size_t size = 0; size < pem.size(); ++size) (void)check_at_a_glance(pem.substr(0, size), kNow);
    for (std::size_t i = 0; i < pem.size(); ++i) {
        std::string changed = pem;
        changed[i] = changed[i] == 'A' ? '/' : 'A';
        (void)check_at_a_glance(changed, kNow);
    }
}

BOOST_AUTO_TEST_SUITE_END()
