// SPDX-License-Identifier: BSD-2-Clause
#include "base/secret.hpp"

#include <new>

#include <boost/test/unit_test.hpp>

using namespace postern;

BOOST_AUTO_TEST_SUITE(secret_tests)

BOOST_AUTO_TEST_CASE(what_is_wiped_is_gone) {
    std::string text(100, 'x');
    const char* const octets = text.data();
    wipe(text);
    BOOST_TEST(text.empty());
    BOOST_TEST(octets[50] == '\0');
}

BOOST_AUTO_TEST_CASE(nothing_is_left_where_it_was_moved_from_or_has_ended) {
    alignas(Secret) std::array<char, sizeof(Secret)> room{};
    auto* const one = new (room.data()) Secret("short");
    const Secret other(std::move(*one));
    BOOST_TEST(other.text() == "short");
    BOOST_TEST(std::string_view(room.data(), room.size()).find("short") == std::string_view::npos);
    one->~Secret();
    auto* const again = new (room.data()) Secret("short");
    BOOST_TEST(std::string_view(room.data(), room.size()).find("short") != std::string_view::npos);
    again->~Secret();
    BOOST_TEST(std::string_view(room.data(), room.size()).find("short") == std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(are_compared_whole) {
    BOOST_TEST(are_equal_secrets("", ""));
    BOOST_TEST(are_equal_secrets("abc", "abc"));
    BOOST_TEST(!are_equal_secrets("abc", "abd"));
    BOOST_TEST(!are_equal_secrets("abc", "abcd"));
    BOOST_TEST(!are_equal_secrets("", "a"));
}

BOOST_AUTO_TEST_SUITE_END()
