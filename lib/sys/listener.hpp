// SPDX-License-Identifier: BSD-2-Clause
// A listening TCP socket of one address and port: what --listen binds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0;

    /// "192.0.2.1:25" or "[2001:db8::1]:25". Port 0 lets the system choose one.
    static std::optional<Endpoint> parse(std::string_view text);
    std::string to_string() const;
};

class Listener {
public:
    /// Binds and listens. An IPv6 endpoint takes no IPv4 connections, so that both can be bound.
    static Result<Listener> bind(const Endpoint& endpoint);

    /// The next connection. Nothing when there is none (any more). An Error, always temporary, is want of
    /// descriptors or memory: the connection still waits, and asking again at once would spin.
    Result<UniqueFd> accept() const;

    /// With the port that it really has.
    const Endpoint& endpoint() const { return endpoint_; }
    int descriptor() const { return socket_.number(); }

private:
    Listener(UniqueFd socket, Endpoint endpoint) : socket_(std::move(socket)), endpoint_(endpoint) {}
    UniqueFd socket_;
    Endpoint endpoint_;
};

}  // namespace postern::sys
