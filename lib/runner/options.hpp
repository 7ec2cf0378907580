// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "mail/address.hpp"
#include "runner/content_filter.hpp"

namespace postern::runner {

struct Options {
    std::chrono::milliseconds interval =
        std::chrono::minutes(30);  ///< queue.interval: the first pause after a deferral
    double growth = 1.5;           ///< queue.growth: each pause is so many times as long as the one before
    std::chrono::milliseconds max_interval = std::chrono::hours(4);  ///< queue.max_interval
    unsigned max_tries = 0;  ///< queue.max_tries: then deferred becomes failed; 0 = by age only
    std::chrono::milliseconds max_age =
        std::chrono::hours(24 * 5);  ///< queue.max_age: then deferred becomes failed
    std::chrono::milliseconds warn_after =
        std::chrono::hours(4);  ///< queue.warn_after: then the sender is told of a delay; 0 = never
    unsigned max_crashes = 5;   ///< queue.max_crashes: then hold/
    std::string hostname = {};  ///< server.hostname: reports are from MAILER-DAEMON there
    std::optional<mail::Address> postmaster = {};  ///< is told what failed without a sender
    std::string templates_directory = {};          ///< directories.templates: words of reports; "" = built in
    std::chrono::milliseconds scan = std::chrono::minutes(1);  ///< queue.scan: a watcher's longest sleep
    unsigned runners = 2;                                      ///< queue.runners: delivers at once
    bool sweeps = true;              ///< does a pass begin with a sweep? A watcher's do now and then
    std::string run_directory = {};  ///< directories.run: notes of what is claimed; "" = none are taken
    std::optional<ContentFilter> filter = {};  ///< filter.*
};

}  // namespace postern::runner
