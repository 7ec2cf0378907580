// SPDX-License-Identifier: BSD-2-Clause
#include "sys/peer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/ascii.hpp"

namespace postern::sys {

namespace {

/// The socket address as the type that its family says.
template <class SocketAddress>
SocketAddress as(const sockaddr_storage& storage) {
    SocketAddress address;
    std::memcpy(&address, &storage, sizeof address);
    return address;
}

std::optional<Peer> from_socket_address(const sockaddr_storage& storage) {
    if (storage.ss_family == AF_INET) {
        const auto four = as<sockaddr_in>(storage);
        std::array<std::uint8_t, 4> octets{};
        std::memcpy(octets.data(), &four.sin_addr, octets.size());
        return Peer{IpAddress::v4(octets), ntohs(four.sin_port)};
    }
    if (storage.ss_family == AF_INET6) {
        const auto six = as<sockaddr_in6>(storage);
        std::array<std::uint8_t, 16> octets{};
        std::memcpy(octets.data(), &six.sin6_addr, octets.size());
        return Peer{IpAddress::v6(octets), ntohs(six.sin6_port)};
    }
    return std::nullopt;
}

std::optional<Peer> from_environment() {
    const char* const ip = std::getenv("TCPREMOTEIP");
    if (ip == nullptr) return std::nullopt;
    const auto address = IpAddress::parse(ip);
    if (!address) return std::nullopt;
    const char* const port = std::getenv("TCPREMOTEPORT");
    return Peer{*address, ascii::parse_number<std::uint16_t>(port == nullptr ? "" : port).value_or(0)};
}

}  // namespace

std::optional<Peer> peer_of(int descriptor) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&storage), &length) == 0)
        return from_socket_address(storage);
    return errno == ENOTSOCK ? from_environment() : std::nullopt;
}

std::optional<std::uint32_t> local_user_of(int descriptor) {
    int domain = AF_UNSPEC;
    socklen_t length = sizeof domain;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &length) != 0 || domain != AF_UNIX)
        return std::nullopt;
    ucred user{};
    length = sizeof user;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &user, &length) != 0) return std::nullopt;
    return user.uid;
}

}  // namespace postern::sys
