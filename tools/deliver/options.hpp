// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

namespace postern::tools {

struct DeliverOptions {
    std::string root;  ///< "" = POSTERN_ROOT
    bool is_verbose = false;
};

}  // namespace postern::tools
