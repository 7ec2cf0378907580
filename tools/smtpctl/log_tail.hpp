// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>

#include "sys/file_system.hpp"

namespace postern::smtpctl {

/// The newest line of severity warning or worse in the last 64 KiB of the log that was written last, text
/// or JSON; nothing when there is none.
std::optional<std::string> last_problem(sys::FileSystem& files, const std::string& log_directory);

}  // namespace postern::smtpctl
