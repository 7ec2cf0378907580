// SPDX-License-Identifier: BSD-2-Clause
// For the .cpp files of sys/: addresses as socket calls want them.
#pragma once

#include <optional>
#include <string>

#include <sys/socket.h>

#include "sys/listener.hpp"

namespace postern::sys {

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    sockaddr* generic() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress to_socket_address(const Endpoint& endpoint);
/// Nothing when the path is longer than such an address can be.
std::optional<SocketAddress> to_socket_address(const std::string& path);

}  // namespace postern::sys
