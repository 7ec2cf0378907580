// SPDX-License-Identifier: BSD-2-Clause
// What each program keeps of its rights once it has opened what it needs: which files, which calls, how much
// of the machine. One place, so that `smtpctl sandbox show` tells what the programs do.
#pragma once

#include "base/log.hpp"
#include "config/config.hpp"
#include "smtp/service_rules.hpp"
#include "sys/confine.hpp"

namespace postern::tools {

/// Of smtpd-inetd for one connection; it depends on the settings and the service, never on the client.
sys::Confinement session_confinement(const config::Config& config, const smtp::ServiceRules& service);
/// Of the helper of a session that asks other servers and the DNS.
sys::Confinement callouts_confinement();
/// Of smtpd-inetd --kick.
sys::Confinement kick_confinement(const config::Config& config);

sys::Confinement deliver_confinement(const config::Config& config);
sys::Confinement mxrun_confinement(const config::Config& config);

/// Confines this process. What had to be left out is told in one line of the log.
Status confine(const sys::Confinement& confinement, sys::Sandbox sandbox, Log& log);

}  // namespace postern::tools
