// SPDX-License-Identifier: BSD-2-Clause
// What wakes a runner: an octet in its named pipe or SIGUSR1, which mean the same (deliver(8), Watching). The
// seam at which the tests of the watch loop put a clock that they move themselves.
#pragma once

#include <chrono>

#include "sys/fifo.hpp"
#include "sys/wake_signal.hpp"

namespace postern::runner {

class Bell {
public:
    virtual ~Bell() = default;
    /// Forgets who has rung. Comes before a look at the spool: whoever rings after it wants another look.
    virtual void still() = 0;
    virtual bool has_rung() const = 0;
    /// Until somebody rings, the process is told to stop, or `patience` is over.
    virtual void wait(std::chrono::milliseconds patience) = 0;
};

class PipeBell final : public Bell {
public:
    PipeBell(sys::Fifo pipe, const sys::WakeSignal& signal) : pipe_(std::move(pipe)), signal_(signal) {}

    void still() override;
    bool has_rung() const override;
    void wait(std::chrono::milliseconds patience) override;

private:
    sys::Fifo pipe_;
    const sys::WakeSignal& signal_;
};

}  // namespace postern::runner
