// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "runner_process.hpp"

namespace postern::tools {

using DeliverOptions = RunnerOptions;

/// Wires the real parts, works as the options say, returns the exit status.
int deliver(const DeliverOptions& options);

}  // namespace postern::tools
