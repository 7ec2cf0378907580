// SPDX-License-Identifier: BSD-2-Clause
// What no single setting shows: settings that do not go together, directories that are missing or on
// different file systems. Each problem is one sentence with the way out.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/config.hpp"
#include "sys/file_system.hpp"

namespace postern::config {

/// Pure; mxrun refuses to work with such settings.
std::vector<std::string> check_together(const Config& config);
/// What is allowed, but hardly meant.
std::vector<std::string> remarks_on(const Config& config);
/// Looks at the directories.
std::vector<std::string> check_places(sys::FileSystem& files, const Config& config);

/// A message is renamed from one directory of the spool to the next, which works only within one file
/// system. Fault::configuration names the one that is missing or elsewhere.
Status expect_one_file_system(sys::FileSystem& files, std::span<const std::string> directories);
/// Those that runners cannot work without. A userland that an older version made may lack others, which
/// check_places() asks for.
std::vector<std::string> spool_directories(const Config& config);

}  // namespace postern::config
