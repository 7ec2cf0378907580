// SPDX-License-Identifier: BSD-2-Clause
// Connections that this machine opens, one at a time and with a time limit. (Relaying has many at once, and
// opens them with Asio.)
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "sys/listener.hpp"
#include "sys/stream.hpp"

namespace postern::sys {

/// Streams that close with the object, and that SIGTERM does not end (StopSignal::waits). Errors are
/// Fault::temporary.
Result<std::unique_ptr<Stream>> dial(const Endpoint& endpoint, std::chrono::milliseconds patience);
/// The Unix socket at this path.
Result<std::unique_ptr<Stream>> dial(const std::string& path);

}  // namespace postern::sys
