// SPDX-License-Identifier: BSD-2-Clause
// Where the limiter's shared memory lies, and how it is opened: by sessions and by who looks after them.
#pragma once

#include <string>

#include "base/result.hpp"
#include "policy/limit_map.hpp"

namespace postern::policy {

/// run/limits below the directory of what does not survive a restart.
std::string limit_table_in(const std::string& run_directory);

/// Made when there is none, or anew when it is damaged.
Result<sys::SharedTable> open_limit_table(const std::string& run_directory);

}  // namespace postern::policy
