// SPDX-License-Identifier: BSD-2-Clause
// The stopped flag: the file `stopped` in the state directory. While it is there, new sessions get 421 and
// the runners leave the spool alone.
#pragma once

#include <string>

#include "sys/file_system.hpp"

namespace postern::spool {

enum class Stopped { yes, no };

Result<bool> is_stopped(sys::FileSystem& files, const std::string& state_directory);
/// Durable when it returns; setting what is set already is success.
Status set_stopped(sys::FileSystem& files, const std::string& state_directory, Stopped stopped);

}  // namespace postern::spool
