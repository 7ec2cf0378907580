// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <string>

namespace postern::runner {

struct Options {
    std::chrono::milliseconds interval =
        std::chrono::minutes(30);  ///< queue.interval: the first pause after a deferral
    double growth = 1.5;           ///< queue.growth: each pause is so many times as long as the one before
    std::chrono::milliseconds max_interval = std::chrono::hours(4);  ///< queue.max_interval
    unsigned max_tries = 0;  ///< queue.max_tries: then deferred becomes failed; 0 = by age only
    std::chrono::milliseconds max_age =
        std::chrono::hours(24 * 5);  ///< queue.max_age: then deferred becomes failed
    unsigned max_crashes = 5;        ///< queue.max_crashes: then hold/
    std::string hostname = {};       ///< server.hostname: reports are from MAILER-DAEMON there
    std::string run_directory = {};  ///< directories.run: notes of what is claimed; "" = none are taken
};

}  // namespace postern::runner
