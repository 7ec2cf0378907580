// SPDX-License-Identifier: BSD-2-Clause
// A forked process that does for this one what it cannot or may not do itself, asked by packets.
#pragma once

#include <functional>

#include "base/result.hpp"
#include "sys/packet_end.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

class HelperProcess {
public:
    /// Runs `work` in a new process, which ends when `work` returns. Of this one's descriptors it has its end
    /// of the pair and standard error, no other: a connection of ours is not kept open by it. SIGTERM ends
    /// it.
    static Result<HelperProcess> start(const std::function<void(PacketEnd&)>& work);
    HelperProcess(HelperProcess&& other) noexcept;
    HelperProcess& operator=(HelperProcess&&) = delete;
    /// Closes this end, gives the helper some seconds to end, then kills it: no zombie is left.
    ~HelperProcess();

    PacketEnd& other_end() { return *end_; }
    int pid() const { return pid_; }

private:
    HelperProcess(int pid, UniqueFd process, PacketEnd end)
        : pid_(pid), process_(std::move(process)), end_(std::move(end)) {}

    int pid_;
    UniqueFd process_;  ///< the same, to be waited for
    std::optional<PacketEnd> end_;
};

}  // namespace postern::sys
