// SPDX-License-Identifier: BSD-2-Clause
// A connection as a machine's driver sees it: read and write with deadlines. SIGTERM is seen only before and
// while waiting to read, so it never falls into the middle of a commit (sys/process.hpp blocks it elsewhere).
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace postern::sys {

using Deadline = std::chrono::steady_clock::time_point;

struct ReadEnd {
    enum class Why { bytes, closed, timed_out, told_to_stop, broken } why = Why::closed;
    std::size_t count = 0;  ///< octets read; with `bytes` only, then at least 1
};

class Stream {
public:
    virtual ~Stream() = default;
    virtual ReadEnd read(std::span<char> into, Deadline deadline) = 0;
    /// All of `bytes` before the deadline, or Fault::temporary.
    virtual Status write(std::string_view bytes, Deadline deadline) = 0;
    /// Confirms what has arrived to a peer that may hold back more until then, where nothing is to be written
    /// that would. A wish only: without it the peer's next words may come 40 ms later (RFC 1122, 4.2.3.2).
    virtual void acknowledge() {}
};

}  // namespace postern::sys
