// SPDX-License-Identifier: BSD-2-Clause
#include "sys/socket_address.hpp"

#include <cstring>

#include <netinet/in.h>
#include <sys/un.h>

namespace postern::sys {

SocketAddress to_socket_address(const Endpoint& endpoint) {
    SocketAddress result;
    if (endpoint.address.is_v4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(endpoint.port);
        std::memcpy(&v4.sin_addr, endpoint.address.octets().data(), sizeof v4.sin_addr);
        std::memcpy(&result.storage, &v4, result.size = sizeof v4);
    } else {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(endpoint.port);
        std::memcpy(&v6.sin6_addr, endpoint.address.octets().data(), sizeof v6.sin6_addr);
        std::memcpy(&result.storage, &v6, result.size = sizeof v6);
    }
    return result;
}

std::optional<SocketAddress> to_socket_address(const std::string& path) {
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    if (path.size() >= sizeof local.sun_path) return std::nullopt;
    std::memcpy(local.sun_path, path.data(), path.size());
    SocketAddress result;
    std::memcpy(&result.storage, &local, result.size = sizeof local);
    return result;
}

}  // namespace postern::sys
