// SPDX-License-Identifier: BSD-2-Clause
// One pass of deliver: sweeps the spool, then tries each message that is due in received/, those last that a
// runner died of. Several passes may run at once; the claims keep them apart.
#pragma once

#include <functional>

#include "delivery/postman.hpp"
#include "runner/worker.hpp"

namespace postern::delivery {

/// How a pass went. What became of each message is in its log, not here.
struct PassReport {
    Status trouble = done;       ///< the first trouble of this machine, if any
    bool found_trouble = false;  ///< something was newly put into damaged/ or hold/
};

class Pass {
public:
    /// `told_to_stop` is asked between two messages.
    Pass(runner::Tools tools, runner::Worker& worker, Postman postman, std::function<bool()> told_to_stop);

    PassReport run();

private:
    void try_each(const std::vector<spool::DueFile>& files, runner::Turn turn);
    Status try_one(const spool::DueFile& file, runner::Turn turn);
    void note(const Status& status);

    runner::Tools tools_;
    runner::Worker& worker_;
    Postman postman_;
    std::function<bool()> told_to_stop_;
    Status trouble_ = done;
};

}  // namespace postern::delivery
