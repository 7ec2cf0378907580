// SPDX-License-Identifier: BSD-2-Clause
// deliver and mxrun as processes, which they are alike: one pass, or with --watch a process that keeps
// workers which pass and sleep. What a pass is, each says itself.
#pragma once

#include <functional>
#include <string>

#include "runner/options.hpp"
#include "runner/tools.hpp"
#include "startup.hpp"
#include "sys/confine.hpp"

namespace postern::tools {

struct RunnerOptions {
    std::string root;  ///< "" = POSTERN_ROOT
    bool is_verbose = false;
    bool is_watching = false;
    sys::Sandbox sandbox = sys::Sandbox::require;
};

/// What one pass works with.
struct PassTools {
    runner::Tools tools;
    runner::Options options;
    std::function<bool()> must_stop;  ///< to be asked between two messages, with none of them locked
};

struct PassOutcome {
    Status status = done;  ///< Fault::permanent: something was put into hold/ or damaged/
    bool met_locked = false;
};
using Pass = std::function<PassOutcome(const PassTools&)>;

struct Runner {
    std::string name;
    spool::Lane lane;
    /// Opens what must be open before confinement. The startup outlives the pass.
    std::function<Result<Pass>(const Startup&)> open;
    std::function<sys::Confinement(const config::Config&)> confinement;
};

/// Runs it as the options say; the exit status.
int run(const Runner& runner, const RunnerOptions& options);

}  // namespace postern::tools
