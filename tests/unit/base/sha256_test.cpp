// SPDX-License-Identifier: BSD-2-Clause
#include "base/sha256.hpp"

#include <boost/test/unit_test.hpp>

#include "base/base64.hpp"

using namespace postern;

namespace sha256_tests {

std::string hex(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : octets) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

}  // namespace sha256_tests

BOOST_AUTO_TEST_SUITE(sha256_tests)

BOOST_AUTO_TEST_CASE(abc_as_in_fips_180) {
    BOOST_TEST(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(hmac_as_in_rfc_4231) {  // §4.3, and §4.7: a key longer than a block
    BOOST_TEST(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    BOOST_TEST(hex(hmac_sha256(std::string(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First")) ==
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

BOOST_AUTO_TEST_CASE(pbkdf2_as_in_rfc_7914) {  // §11
    BOOST_TEST(hex(pbkdf2_sha256("passwd", "salt", 1)) ==
               "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
    BOOST_TEST(hex(pbkdf2_sha256("Password", "NaCl", 80'000)) ==
               "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
}

BOOST_AUTO_TEST_SUITE_END()
