// SPDX-License-Identifier: BSD-2-Clause
// A runner in its place: all that it has open, and its passes.
#pragma once

#include <memory>
#include <optional>

#include "runner/waking_files.hpp"
#include "runner/watch.hpp"
#include "runner_process.hpp"
#include "verbose_log.hpp"

namespace postern::tools {

class RunnerDesk {
public:
    /// `waker` and `startup` outlive it.
    RunnerDesk(const Runner& runner, const RunnerOptions& options, const Startup& startup, Pass pass,
               runner::Waker& waker);

    bool is_told_to_stop() const;
    runner::PassEnd pass();
    /// The first thing that went wrong.
    const Status& trouble() const { return trouble_; }
    /// One line on standard error for what goes wrong, once for each change of it.
    void complain_at_once() { complains_ = true; }

private:
    PassOutcome make_pass();
    bool must_stop();
    bool is_time_to_sweep(Instant now);
    void note(const Status& status);

    const Runner& runner_;
    const Startup& startup_;
    Pass pass_;
    spool::Layout layout_;
    runner::WakingFiles files_;
    VerboseLog verbose_;
    Log& log_;
    std::optional<Instant> last_sweep_;
    Status trouble_ = done;
    bool complains_ = false;
    std::string last_complaint_;
};

/// Is the spool to be left alone (smtpctl stop)?
Result<bool> is_stopped(const Startup& startup);

/// A runner knows trouble of this machine and wrong configuration, and that something was put aside, nothing
/// else (deliver(8), EXIT STATUS).
Error as_runner_error(const Error& error);

}  // namespace postern::tools
