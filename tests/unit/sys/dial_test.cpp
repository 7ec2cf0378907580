// SPDX-License-Identifier: BSD-2-Clause
#include "sys/dial.hpp"

#include <array>

#include <boost/test/unit_test.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"
#include "sys/socket_address.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace dial_tests {

std::string first_words(sys::Stream& stream) {
    std::array<char, 64> bytes{};
    const auto end = stream.read(bytes, std::chrono::steady_clock::now() + 5s);
    return {bytes.data(), end.count};
}

}  // namespace dial_tests

BOOST_AUTO_TEST_SUITE(dial_tests)

BOOST_AUTO_TEST_CASE(a_tcp_server_is_reached) {
    const auto listener = sys::Listener::bind(*sys::Endpoint::parse("127.0.0.1:0"));
    BOOST_REQUIRE(listener);
    const auto stream = sys::dial(listener->endpoint(), 5s);
    BOOST_REQUIRE(stream);
    const auto accepted = listener->accept();
    BOOST_REQUIRE(accepted);
    BOOST_REQUIRE(::write(accepted->number(), "hello", 5) == 5);
    BOOST_TEST(first_words(**stream) == "hello");
}

BOOST_AUTO_TEST_CASE(a_unix_socket_is_reached) {
    const test::TemporaryDirectory directory;
    const std::string path = directory.path() + "/box";
    const sys::UniqueFd server(::socket(AF_UNIX, SOCK_STREAM, 0));
    auto address = sys::to_socket_address(path);
    BOOST_REQUIRE(::bind(server.number(), address->generic(), address->size) == 0);
    BOOST_TEST(sys::dial(path).failed_with(Fault::temporary));  // nobody listens
    BOOST_REQUIRE(::listen(server.number(), 5) == 0);
    const auto stream = sys::dial(path);
    BOOST_REQUIRE(stream);
    const sys::UniqueFd accepted(::accept(server.number(), nullptr, nullptr));
    BOOST_REQUIRE((*stream)->write("hello", std::chrono::steady_clock::now() + 5s));
    std::array<char, 5> bytes{};
    BOOST_TEST(::read(accepted.number(), bytes.data(), bytes.size()) == 5);
}

BOOST_AUTO_TEST_CASE(where_nobody_listens_there_is_a_temporary_error) {
    auto endpoint = *sys::Endpoint::parse("127.0.0.1:0");
    {
        const auto listener = sys::Listener::bind(endpoint);
        BOOST_REQUIRE(listener);
        endpoint = listener->endpoint();
    }
    const auto refused = sys::dial(endpoint, 5s);
    BOOST_TEST(refused.failed_with(Fault::temporary));
    BOOST_TEST(refused.error().what().find(endpoint.to_string()) != std::string::npos);
    BOOST_TEST(sys::dial(std::string(200, 'x')).failed_with(Fault::temporary));
    BOOST_TEST(sys::dial("/nowhere/box").failed_with(Fault::temporary));
}

BOOST_AUTO_TEST_SUITE_END()
