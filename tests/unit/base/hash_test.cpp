// SPDX-License-Identifier: BSD-2-Clause
#include "base/hash.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

BOOST_AUTO_TEST_SUITE(hash)

BOOST_AUTO_TEST_CASE(known_digests_of_blake2b) {
    // RFC 7693 appendix A has the 512-bit one of "abc"; the 256-bit one is b2sum -l 256's.
    BOOST_TEST(hash_hex(64, "abc") ==
               "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
               "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    BOOST_TEST(hash_hex(32, "abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    BOOST_TEST(hash_hex(32, "") == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    BOOST_TEST(hash_hex(16, "abc") == "cf4ab791c62b8d2b2109c90275287816");
}

BOOST_AUTO_TEST_CASE(pieces_make_the_same_digest_as_the_whole) {
    const std::string text(1000, 'x');
    for (const std::size_t cut : {0U, 1U, 127U, 128U, 129U, 999U, 1000U}) {
        Hash hash(32);
        hash.add(std::string_view(text).substr(0, cut)).add(std::string_view(text).substr(cut));
        BOOST_TEST(hash.finish_hex() == hash_hex(32, text));
    }
}

BOOST_AUTO_TEST_CASE(octets_and_hex_say_the_same) {
    const std::string octets = Hash(16).add("abc").finish();
    BOOST_TEST(octets.size() == 16u);
    BOOST_TEST(static_cast<unsigned char>(octets[0]) == 0xcf);
    BOOST_TEST(static_cast<unsigned char>(octets[15]) == 0x16);
}

BOOST_AUTO_TEST_CASE(a_copy_goes_its_own_way) {
    Hash hash(32);
    hash.add("a");
    Hash copy = hash;
    BOOST_TEST(copy.add("b").finish_hex() == hash_hex(32, "ab"));
    BOOST_TEST(hash.add("c").finish_hex() == hash_hex(32, "ac"));
}

BOOST_AUTO_TEST_SUITE_END()
