// SPDX-License-Identifier: BSD-2-Clause
// The settings of one userland: each layer's own Options, filled from ROOT/config.json.
#pragma once

#include <string>

#include "accounts/options.hpp"
#include "callout/options.hpp"
#include "delivery/options.hpp"
#include "policy/limit_options.hpp"
#include "policy/options.hpp"
#include "relay/options.hpp"
#include "runner/options.hpp"
#include "server/options.hpp"
#include "sys/log_options.hpp"
#include "tls/options.hpp"

namespace postern::config {

/// Absolute paths; relative ones in `directories` are below ROOT.
struct Directories {
    std::string root, domains, secrets, mail, spool, state, templates, tls, log, run;
};

/// Whom smtpctl kick asks.
struct KickOptions {
    std::string host = {};    ///< kick.host; "" = it must be said
    std::uint16_t port = 79;  ///< kick.port
};

struct Config {
    Directories directories;
    accounts::Options accounts;
    callout::Options callout;
    delivery::Options delivery;
    KickOptions kick;
    policy::Options policy;
    policy::LimitOptions limits;
    relay::Options relay;
    runner::Options runner;
    server::Options server;
    sys::LogOptions log;
    tls::Options tls;
};

}  // namespace postern::config
