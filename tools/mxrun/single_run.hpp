// SPDX-License-Identifier: BSD-2-Clause
// One mxrun a userland: two would open twice as many connections to the same hosts.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sys/file_system.hpp"

namespace postern::tools {

/// Held while it lives; the file stays, its lock ends with the process.
using SingleRun = std::unique_ptr<sys::File>;

/// Nothing when another one runs.
Result<std::optional<SingleRun>> be_the_only_one(sys::FileSystem& files, const std::string& run_directory);

}  // namespace postern::tools
