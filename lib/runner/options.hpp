// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <string>

namespace postern::runner {

struct Options {
    std::chrono::milliseconds interval =
        std::chrono::minutes(30);  ///< queue.interval: pause after a deferral
    std::chrono::milliseconds max_age =
        std::chrono::hours(24 * 5);  ///< queue.max_age: then deferred becomes failed
    unsigned max_crashes = 5;        ///< queue.max_crashes: then hold/
    std::string hostname = {};       ///< server.hostname: reports are from MAILER-DAEMON there
    std::string run_directory = {};  ///< directories.run: notes of what is claimed; "" = none are taken
};

}  // namespace postern::runner
