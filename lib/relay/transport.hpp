// SPDX-License-Identifier: BSD-2-Clause
// The seam to the network: streams to other hosts. AsioTransport is the real one; with a fake one, and
// fake clock and resolver, a week of relaying is simulated.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "relay/task.hpp"
#include "sys/stream.hpp"

namespace postern::relay {

using Patience = std::chrono::milliseconds;

/// An open stream; closed by its destructor.
class Connection {
public:
    virtual ~Connection() = default;
    /// The time by which deadlines are kept.
    virtual sys::Deadline now() const = 0;
    virtual Task<sys::ReadEnd> read(std::span<char> into, sys::Deadline deadline) = 0;
    /// All of `bytes` in time, or Fault::temporary.
    virtual Task<Status> write(std::string_view bytes, sys::Deadline deadline) = 0;
    /// Says that no more comes, where there is a word for that, and waits for nothing.
    virtual Task<void> finish() { co_return; }
};

class Transport {
public:
    virtual ~Transport() = default;
    virtual Task<Result<std::unique_ptr<Connection>>> connect(IpAddress address, std::uint16_t port,
                                                              Patience patience) = 0;
};

}  // namespace postern::relay
