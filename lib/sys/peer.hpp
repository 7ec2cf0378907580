// SPDX-License-Identifier: BSD-2-Clause
// Who is at the other end of the connection that a superserver handed over.
#pragma once

#include <cstdint>
#include <optional>

#include "base/ip_address.hpp"

namespace postern::sys {

struct Peer {
    IpAddress address;
    std::uint16_t port = 0;
    bool operator==(const Peer&) const = default;
};

/// By getpeername(2); IPv4-mapped IPv6 is IPv4. Only when `descriptor` is no socket, by TCPREMOTEIP and
/// TCPREMOTEPORT (ucspi), since anybody could set them beside a socket. Nothing when it is not known:
/// a pipe or terminal without them, a socket that is not IP, a peer that has gone. Such a session is to be
/// refused unless it was started with --local.
std::optional<Peer> peer_of(int descriptor);

/// The number of the user of this machine who has connected a unix socket (SO_PEERCRED, unix(7)), as the
/// kernel noted it then. Nothing when it is another kind of socket, or none.
std::optional<std::uint32_t> local_user_of(int descriptor);

}  // namespace postern::sys
