// SPDX-License-Identifier: BSD-2-Clause
// Who has connected, found out before the session begins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/log.hpp"
#include "server/options.hpp"
#include "sys/fd_stream.hpp"
#include "sys/peer.hpp"

namespace postern::tools {

struct Caller {
    std::optional<sys::Peer> peer = std::nullopt;            ///< by its address; nothing = it is not known
    std::optional<std::uint32_t> local_user = std::nullopt;  ///< who has connected a unix socket
    std::string first_octets = {};                           ///< of the client, read already
};

/// Reads the header of a proxy in server.proxies. Nothing, and the log has a line on it, when such a proxy
/// sends none: the connection is to be closed without a word.
std::optional<Caller> find_caller(int input, sys::FdStream& stream, const server::Options& options, Log& log);

}  // namespace postern::tools
