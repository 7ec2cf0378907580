// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <string>

namespace postern::delivery {

struct Options {
    std::string mail_directory;   ///< directories.mail: DOMAIN/USER/ below it are Maildirs
    std::string state_directory;  ///< directories.state: over-quota/ below it
    std::chrono::milliseconds command_timeout = std::chrono::minutes(2);  ///< local.command_timeout
};

}  // namespace postern::delivery
