// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "options.hpp"

namespace postern::tools {

/// Wires the real parts, makes one pass, returns the exit status.
int mxrun(const MxrunOptions& options);

}  // namespace postern::tools
