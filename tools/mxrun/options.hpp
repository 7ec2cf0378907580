// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

namespace postern::tools {

struct MxrunOptions {
    std::string root;       ///< "" = POSTERN_ROOT
    std::string zone_file;  ///< "" = the real DNS
    bool is_verbose = false;
};

}  // namespace postern::tools
