// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/method.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::accounts::LmtpServer;

BOOST_AUTO_TEST_SUITE(method_tests)

BOOST_DATA_TEST_CASE(a_server_is_a_socket_or_a_host_and_a_port,
                     boost::unit_test::data::make({"unix:/run/dovecot/lmtp", "box.example:24", "localhost:24",
                                                   "192.0.2.1:2003", "[2001:db8::1]:24"}),
                     text) {
    const auto server = LmtpServer::parse(text);
    BOOST_REQUIRE(server);
    BOOST_TEST(server->to_string() == text);
}

BOOST_DATA_TEST_CASE(nothing_else_is,
                     boost::unit_test::data::make({"", "unix:", "unix:/", "unix:run/lmtp", "box.example",
                                                   "box:", ":24", "box:0", "box:65536", "box:24x",
                                                   "2001:db8::1:24", "[192.0.2.1]:24", "[box]:24", "a b:24"}),
                     text) {
    BOOST_TEST(!LmtpServer::parse(text));
}

BOOST_AUTO_TEST_CASE(a_path_that_no_socket_can_have_is_refused) {
    BOOST_TEST(LmtpServer::parse("unix:/" + std::string(106, 'x')).has_value());
    BOOST_TEST(!LmtpServer::parse("unix:/" + std::string(107, 'x')).has_value());
    BOOST_TEST(!LmtpServer::parse(std::string("unix:/a\0b", 9)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
