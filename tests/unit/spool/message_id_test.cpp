// SPDX-License-Identifier: BSD-2-Clause
#include "spool/message_id.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_randomness.hpp"

using postern::spool::MessageId;

BOOST_AUTO_TEST_SUITE(message_id_tests)

BOOST_AUTO_TEST_CASE(a_random_id_is_26_characters_of_base32) {
    postern::test::FakeRandomness randomness;
    const auto id = MessageId::random(randomness);
    BOOST_TEST(id.text().size() == 26u);
    BOOST_TEST(MessageId::parse(id.text()).has_value());
    BOOST_TEST((id != MessageId::random(randomness)));
}

BOOST_AUTO_TEST_CASE(what_is_no_id_is_refused) {
    for (const char* text : {"", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaaaaaaaaaaaaa1",
                             "aaaaaaaaaaaaaaaaaaaaaaaaaaa", "../../../../../etc/passwd.."})
        BOOST_TEST(!MessageId::parse(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_derived_id_is_the_same_again_and_differs_by_parent_purpose_and_chain) {
    const auto parent = *MessageId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa");
    const auto other = *MessageId::parse("baaaaaaaaaaaaaaaaaaaaaaaaa");
    const auto id = MessageId::derived(parent, "bounce", "00ff");
    BOOST_TEST(id.text() == MessageId::derived(parent, "bounce", "00ff").text());
    BOOST_TEST(id.text() != MessageId::derived(other, "bounce", "00ff").text());
    BOOST_TEST(id.text() != MessageId::derived(parent, "relay", "00ff").text());
    BOOST_TEST(id.text() != MessageId::derived(parent, "bounce", "00fe").text());
    // Another program derives it from postern-spool(5): BLAKE2b-128 of "PARENT\nPURPOSE\nCHAIN".
    BOOST_TEST(id.text() == "x6veg5hturan22tkws7zsz6ula");
}

BOOST_AUTO_TEST_SUITE_END()
