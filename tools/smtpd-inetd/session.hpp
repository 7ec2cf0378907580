// SPDX-License-Identifier: BSD-2-Clause
// One connection from its first octet to its last: open everything, confine, serve.
#pragma once

#include "options.hpp"

namespace postern::tools {

/// Serves the connection on two descriptors (often the same). The exit status of the process: 0 after any
/// dialogue, 421 included, because a superserver would count everything else as a failure of the service.
int serve_connection(const Options& options, int input, int output);

}  // namespace postern::tools
