// SPDX-License-Identifier: BSD-2-Clause
// The processes that a tiny master forks, one a connection, and what it waits for meanwhile: connections,
// the end of a child, SIGTERM.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

/// In a child that must not outlive its parent: SIGTERM comes when that has ended, also when it has already.
void end_with_parent(int parent);

/// A child that has ended.
struct ChildEnd {
    int pid = 0;
    int status = 0;  ///< its exit status
    int signal = 0;  ///< what it died of, 0 = it exited
};

class Children {
public:
    /// Takes SIGCHLD, SIGTERM and SIGINT as events from here on.
    static Result<Children> begin();

    std::size_t count() const { return alive_.size(); }

    /// Runs `work` in a new process that ends with what `work` returns. In it, SIGTERM is
    /// still blocked (see hold_back_stop), and SIGINT, too: a terminal sends it to everybody, and it is
    /// for the master to pass on. Returns the process id.
    Result<int> start(const std::function<int()>& work);

    /// Those that have ended since the last call.
    std::vector<ChildEnd> reap();

    /// SIGTERM for all of them.
    void stop_all() const;

    struct Wakeup {
        bool told_to_stop = false;
        std::vector<std::size_t> readable = {};  ///< places in `descriptors`
    };
    /// Waits for a descriptor to become readable, a child to end, or SIGTERM or SIGINT; at most for
    /// `patience`, or without end.
    Wakeup wait(std::span<const int> descriptors, std::optional<std::chrono::milliseconds> patience) const;

private:
    explicit Children(UniqueFd signals) : signals_(std::move(signals)) {}
    bool read_stop_signal() const;

    UniqueFd signals_;
    std::set<int> alive_;
};

}  // namespace postern::sys
