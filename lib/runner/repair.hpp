// SPDX-License-Identifier: BSD-2-Clause
// Mends what spool::check has found, as far as line 1 and the log tell how it should be. Files are renamed
// and get records; no message is unlinked, and what runners will do anyway is left to them, but for the
// sweep.
#pragma once

#include <string>
#include <vector>

#include "runner/tools.hpp"
#include "spool/finding.hpp"

namespace postern::runner {

struct Repair {
    spool::Finding finding;
    enum class End { mended, left } end;
    std::string what;  ///< what was done, or why nothing
};

/// One for each finding, in their order. `run_directory`: directories.run.
std::vector<Repair> repair(const Tools& tools, const std::string& run_directory,
                           const std::vector<spool::Finding>& findings);

}  // namespace postern::runner
