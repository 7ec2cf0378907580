// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "options.hpp"

namespace postern::tools {

/// Binds every endpoint, then has a process serve each connection, until SIGTERM. Returns the exit status.
int listen(const Options& options);

}  // namespace postern::tools
