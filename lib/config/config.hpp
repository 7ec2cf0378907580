// SPDX-License-Identifier: BSD-2-Clause
// The settings of one userland: each layer's own Options, filled from ROOT/config.json.
#pragma once

#include <string>

#include "accounts/options.hpp"
#include "callout/options.hpp"
#include "delivery/options.hpp"
#include "policy/options.hpp"
#include "relay/options.hpp"
#include "runner/options.hpp"
#include "server/options.hpp"
#include "sys/log_options.hpp"

namespace postern::config {

/// Absolute paths; relative ones in `directories` are below ROOT.
struct Directories {
    std::string root, domains, secrets, mail, spool, state, templates, log, run;
};

struct Config {
    Directories directories;
    accounts::Options accounts;
    callout::Options callout;
    delivery::Options delivery;
    policy::Options policy;
    relay::Options relay;
    runner::Options runner;
    server::Options server;
    sys::LogOptions log;
};

}  // namespace postern::config
