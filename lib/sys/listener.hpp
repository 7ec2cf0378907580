// SPDX-License-Identifier: BSD-2-Clause
// A listening socket, of one address and port or of one path: what --listen binds.
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

    /// A unix socket at this path, in the place of one that a server has left there; its directory says who
    /// may connect. An Error when somebody listens there, or something else has that name.
    static Result<Listener> bind(const std::string& path);

    /// The next connection. Nothing when there is none (any more). An Error, always temporary, is want of
    /// descriptors or memory: the connection still waits, and asking again at once would spin.
    Result<UniqueFd> accept() const;

    /// With the port that it really has; not of a unix socket.
    const Endpoint& endpoint() const { return *endpoint_; }
    /// "192.0.2.1:25", "[2001:db8::1]:25" or "unix:/run/postern.socket".
    const std::string& name() const { return name_; }
    int descriptor() const { return socket_.number(); }

private:
    Listener(UniqueFd socket, std::optional<Endpoint> endpoint, std::string name)
        : socket_(std::move(socket)), endpoint_(endpoint), name_(std::move(name)) {}
    UniqueFd socket_;
    std::optional<Endpoint> endpoint_;
    std::string name_;
};

}  // namespace postern::sys
