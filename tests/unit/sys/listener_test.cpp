// SPDX-License-Identifier: BSD-2-Clause
#include "sys/listener.hpp"

#include <boost/test/unit_test.hpp>

#include "support/temporary_directory.hpp"

using namespace postern;
using sys::Endpoint;

BOOST_AUTO_TEST_SUITE(listener_test)

BOOST_AUTO_TEST_CASE(an_endpoint_is_an_address_and_a_port) {
    for (const auto* text : {"127.0.0.1:25", "0.0.0.0:0", "[::1]:2525", "[2001:db8::1]:65535"}) {
        BOOST_TEST_CONTEXT(text) {
            const auto endpoint = Endpoint::parse(text);
            BOOST_REQUIRE(endpoint);
            BOOST_TEST(endpoint->to_string() == text);
        }
    }
}

BOOST_AUTO_TEST_CASE(anything_else_is_none) {
    for (const auto* text : {"", "25", ":25", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:smtp",
                             "localhost:25", "::1:25", "[127.0.0.1]:25", "[::1]", "[]:25", "[::1]25"}) {
        BOOST_TEST_CONTEXT(text) { BOOST_TEST(!Endpoint::parse(text)); }
    }
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_cannot_be_bound) {
    const auto first = sys::Listener::bind(*Endpoint::parse("127.0.0.1:0"));
    BOOST_REQUIRE(first);
    BOOST_TEST(first->endpoint().port != 0);
    const auto second = sys::Listener::bind(first->endpoint());
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().what().find(first->endpoint().to_string()) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_a_caller_there_is_no_connection_and_no_wait) {
    const auto listener = sys::Listener::bind(*Endpoint::parse("127.0.0.1:0"));
    BOOST_REQUIRE(listener);
    const auto connection = listener->accept();
    BOOST_REQUIRE(connection);
    BOOST_TEST(!*connection);
}

BOOST_AUTO_TEST_CASE(a_unix_socket_is_bound_in_the_place_of_one_that_was_left) {
    const test::TemporaryDirectory directory;
    const std::string path = directory.path() + "/socket";
    {
        const auto first = sys::Listener::bind(path);
        BOOST_REQUIRE(first);
        BOOST_TEST(first->name() == "unix:" + path);
        const auto second = sys::Listener::bind(path);
        BOOST_REQUIRE(!second);
        BOOST_TEST(second.error().what().find("bind unix:" + path) != std::string::npos);
    }
    BOOST_TEST(bool(sys::Listener::bind(path)));
}

BOOST_AUTO_TEST_CASE(a_path_may_be_too_long_for_a_unix_socket) {
    BOOST_TEST(sys::Listener::bind(std::string(200, 'x')).failed_with(Fault::usage));
}

BOOST_AUTO_TEST_SUITE_END()
