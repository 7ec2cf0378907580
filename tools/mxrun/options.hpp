// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>
#include <vector>

#include "runner_process.hpp"

namespace postern::tools {

struct MxrunOptions : RunnerOptions {
    std::string zone_file = {};  ///< "" = the real DNS
    /// With `ids`: only their mail, due or not; both empty = all that is due.
    std::vector<std::string> domains = {};
    std::vector<std::string> ids = {};
    bool is_dry_run = false;
};

}  // namespace postern::tools
