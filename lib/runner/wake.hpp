// SPDX-License-Identifier: BSD-2-Clause
// Waking the runners of a lane: each has a named pipe in RUN/wake.d, under its name: mxrun, and deliver.0 to
// deliver.N-1 (queue.runners). Whoever has put a message into a lane rings at all of them once the message is
// unlocked. Best effort by design: a runner that is not woken looks by itself, after queue.scan at the
// latest.
#pragma once

#include <string>
#include <vector>

#include "spool/layout.hpp"
#include "sys/fifo.hpp"

namespace postern::runner {

/// The names of a lane's runners: of their pipes and of their locks.
std::vector<std::string> names_of_runners(spool::Lane lane, unsigned delivers);

std::string pipes_directory(const std::string& run_directory);

class Waker {
public:
    virtual ~Waker() = default;
    virtual void wake(spool::Lane lane) = 0;
};

class PipeWaker final : public Waker {
public:
    /// Opens RUN/wake.d, so that it works in a confined process. `itself`: the runner that need not be woken.
    PipeWaker(const std::string& run_directory, unsigned delivers, std::string itself = {});

    void wake(spool::Lane lane) override;

private:
    sys::FifoDirectory pipes_;
    unsigned delivers_;
    std::string itself_;
};

}  // namespace postern::runner
