// SPDX-License-Identifier: BSD-2-Clause
// One end of a pair of sockets between two processes of ours. They keep packets apart (SOCK_SEQPACKET).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "sys/stream.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

class PacketEnd {
public:
    explicit PacketEnd(UniqueFd socket) : socket_(std::move(socket)) {}
    static Result<std::pair<PacketEnd, PacketEnd>> make_pair();

    /// Does not wait: Fault::temporary when there is no room, or nobody at the other end.
    Status send(std::string_view packet);
    /// The next packet, of which more than `most` octets are cut off. Nothing inside = the other end is
    /// closed. Without a deadline it waits for ever, and is not interested in SIGTERM.
    Result<std::optional<std::string>> receive(std::optional<Deadline> deadline, std::size_t most);

    int descriptor() const { return socket_.number(); }

private:
    UniqueFd socket_;
};

}  // namespace postern::sys
