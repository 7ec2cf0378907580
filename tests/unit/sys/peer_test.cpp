// SPDX-License-Identifier: BSD-2-Clause
#include "sys/peer.hpp"

#include <cstdlib>

#include <arpa/inet.h>
#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/unique_fd.hpp"

using namespace postern;
using sys::UniqueFd;

namespace peer {

/// Sets a variable for as long as it lives.
class Environment {
public:
    Environment(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() { ::unsetenv(name_); }

private:
    const char* name_;
};

UniqueFd pipe_end() {
    int ends[2] = {-1, -1};
    BOOST_REQUIRE(::pipe(ends) == 0);
    ::close(ends[1]);
    return UniqueFd(ends[0]);
}

sockaddr_in6 address_of(int descriptor) {
    sockaddr_in6 address{};
    socklen_t length = sizeof address;
    BOOST_REQUIRE(::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) == 0);
    return address;
}

/// A UDP socket connected to an address of this machine: it has a peer and asks no network.
UniqueFd socket_to(const char* ip, std::uint16_t port) {
    UniqueFd socket(::socket(AF_INET6, SOCK_DGRAM, 0));
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(port);
    BOOST_REQUIRE(::inet_pton(AF_INET6, ip, &to.sin6_addr) == 1);
    BOOST_REQUIRE(::connect(socket.number(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
    return socket;
}

}  // namespace peer

BOOST_AUTO_TEST_SUITE(peer)

BOOST_AUTO_TEST_CASE(a_mapped_peer_is_ipv4) {
    const UniqueFd socket = socket_to("::ffff:127.0.0.1", 2525);
    BOOST_TEST(address_of(socket.number()).sin6_family == AF_INET6);
    const auto peer = sys::peer_of(socket.number());
    BOOST_REQUIRE(peer);
    BOOST_TEST(peer->address.to_string() == "127.0.0.1");
    BOOST_TEST(peer->port == 2525);
}

BOOST_AUTO_TEST_CASE(the_environment_is_not_believed_beside_a_socket) {
    const Environment ip("TCPREMOTEIP", "10.0.0.1");
    BOOST_TEST(sys::peer_of(socket_to("::ffff:127.0.0.1", 2525).number())->address.to_string() ==
               "127.0.0.1");
    const UniqueFd unconnected(::socket(AF_INET, SOCK_STREAM, 0));
    BOOST_TEST(!sys::peer_of(unconnected.number()));
    int pair[2] = {-1, -1};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    const UniqueFd one(pair[0]), other(pair[1]);
    BOOST_TEST(!sys::peer_of(one.number()));
}

BOOST_AUTO_TEST_CASE(beside_a_pipe_it_is) {
    const Environment ip("TCPREMOTEIP", "2001:db8::7"), port("TCPREMOTEPORT", "40000");
    const auto peer = sys::peer_of(pipe_end().number());
    BOOST_REQUIRE(peer);
    BOOST_TEST(peer->address.to_string() == "2001:db8::7");
    BOOST_TEST(peer->port == 40000);
}

BOOST_AUTO_TEST_CASE(a_pipe_without_it_has_no_peer) {
    BOOST_TEST(!sys::peer_of(pipe_end().number()));
    const Environment ip("TCPREMOTEIP", "somewhere");
    BOOST_TEST(!sys::peer_of(pipe_end().number()));
}

BOOST_AUTO_TEST_CASE(a_port_that_is_none_is_unknown) {
    const Environment ip("TCPREMOTEIP", "192.0.2.1"), port("TCPREMOTEPORT", "70000");
    BOOST_TEST(sys::peer_of(pipe_end().number())->port == 0);
}

BOOST_AUTO_TEST_CASE(a_closed_descriptor_has_no_peer) { BOOST_TEST(!sys::peer_of(999)); }

BOOST_AUTO_TEST_CASE(a_unix_socket_knows_its_user_and_others_do_not) {
    int ends[2] = {-1, -1};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    const UniqueFd one(ends[0]), other(ends[1]);
    BOOST_TEST(sys::local_user_of(one.number()).value() == ::getuid());
    BOOST_TEST(!sys::local_user_of(socket_to("::1", 25).number()));
    BOOST_TEST(!sys::local_user_of(pipe_end().number()));
}

BOOST_AUTO_TEST_SUITE_END()
