// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

#include "runner_process.hpp"

namespace postern::tools {

struct MxrunOptions : RunnerOptions {
    std::string zone_file = {};  ///< "" = the real DNS
};

}  // namespace postern::tools
