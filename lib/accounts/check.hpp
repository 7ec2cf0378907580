// SPDX-License-Identifier: BSD-2-Clause
// Reads every file of the userland's accounts as a look-up would, and tells of each problem in a sentence:
// files that are not understood, names that no look-up asks for, an account and an alias of one name,
// targets that are nobody here, names that lead only to each other, a domain without postmaster, or one that
// cannot be the same as another. Hidden files (.git) are passed over.
#pragma once

#include <string>
#include <vector>

#include "accounts/options.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

struct Findings {
    std::vector<std::string> problems;
    std::vector<std::string> remarks;  ///< worth knowing, and no fault
};

Findings check(sys::FileSystem& files, const Options& options);

}  // namespace postern::accounts
