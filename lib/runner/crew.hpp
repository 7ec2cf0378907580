// SPDX-License-Identifier: BSD-2-Clause
// The process of --watch: it opens no message, so none can kill it. It keeps a worker process in each place,
// whatever they die of, and ends with them on SIGTERM or SIGINT.
#pragma once

#include <functional>

#include "base/log.hpp"
#include "runner/roster.hpp"
#include "sys/children.hpp"
#include "sys/wake_signal.hpp"

namespace postern::runner {

class Crew {
public:
    struct Orders {
        std::function<unsigned()> count;          ///< how many workers there are to be, asked anew each time
        std::function<int(unsigned place)> work;  ///< in a process of its own; its exit status
        std::function<void()> pass_on_wake_signal;  ///< SIGUSR1 came
    };

    /// `signal` and `log` outlive it.
    Crew(sys::Children children, const sys::WakeSignal& signal, Log& log, Orders orders)
        : children_(std::move(children)), signal_(signal), log_(log), orders_(std::move(orders)) {}

    /// Until it is told to stop.
    void run();
    /// Tells the workers to stop and waits for their ends; being told once more, it does not wait.
    void drain();

private:
    void fill_places(unsigned count);
    void reap();

    sys::Children children_;
    const sys::WakeSignal& signal_;
    Log& log_;
    Orders orders_;
    Roster roster_;
};

}  // namespace postern::runner
