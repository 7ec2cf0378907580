// SPDX-License-Identifier: BSD-2-Clause
// The header that a proxy sends before anything else, to say for whom it has connected: HAProxy's PROXY
// protocol, version 1 (one line of text) and 2 (binary). Strict, as the protocol wants it: what is not quite
// a header is none, and the connection must be closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "base/ip_address.hpp"

namespace postern::smtp {

struct ProxyHeader {
    struct End {
        IpAddress address;
        std::uint16_t port = 0;
        bool operator==(const End&) const = default;
    };
    struct Connection {
        End source;  ///< the client
        End destination;
        bool operator==(const Connection&) const = default;
    };

    /// The connection that the proxy passes on. Nothing when it has made this one for itself (LOCAL), as
    /// health checks are, or does not know (UNKNOWN, UNSPEC) or the client has no IP address.
    std::optional<Connection> connection = std::nullopt;
    std::size_t octets = 0;  ///< the length of the header
};

struct NotAllThere {};
struct NoProxyHeader {};

/// What `input`, all that has come so far, begins with. Of 16 octets more than 64 KiB it is certain.
std::variant<ProxyHeader, NotAllThere, NoProxyHeader> read_proxy_header(std::string_view input);

}  // namespace postern::smtp
