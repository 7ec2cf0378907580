// SPDX-License-Identifier: BSD-2-Clause
// The commands of smtpctl; each add_… puts one into the command line, and lives in a file of that name.
#pragma once

#include "command_line.hpp"

namespace postern::smtpctl {

class Toolbox;

/// All of them, in the order of --help.
void add_commands(const Command& app, Toolbox& tools);

void add_init(const Command& app, Toolbox& tools);
void add_adduser(const Command& app, Toolbox& tools);
void add_deluser(const Command& app, Toolbox& tools);
void add_passwd(const Command& app, Toolbox& tools);
void add_users(const Command& app, Toolbox& tools);
void add_quota(const Command& app, Toolbox& tools);
void add_domain_add(const Command& domain, Toolbox& tools);
void add_domain_del(const Command& domain, Toolbox& tools);
void add_domain_list(const Command& domain, Toolbox& tools);
void add_alias_add(const Command& alias, Toolbox& tools);
void add_alias_del(const Command& alias, Toolbox& tools);
void add_alias_list(const Command& alias, Toolbox& tools);
void add_alias_show(const Command& alias, Toolbox& tools);
void add_relay_add(const Command& relay, Toolbox& tools);
void add_relay_del(const Command& relay, Toolbox& tools);
void add_relay_list(const Command& relay, Toolbox& tools);
void add_status(const Command& app, Toolbox& tools);
void add_start(const Command& app, Toolbox& tools);
void add_stop(const Command& app, Toolbox& tools);
void add_kick(const Command& app, Toolbox& tools);
void add_loglevel(const Command& app, Toolbox& tools);
void add_tls_install(const Command& tls, Toolbox& tools);
void add_tls_csr(const Command& tls, Toolbox& tools);
void add_tls_check(const Command& tls, Toolbox& tools);
void add_tls_selfsign(const Command& tls, Toolbox& tools);
void add_queue_list(const Command& queue, Toolbox& tools);
void add_queue_show(const Command& queue, Toolbox& tools);
void add_queue_retry(const Command& queue, Toolbox& tools);
void add_queue_hold(const Command& queue, Toolbox& tools);
void add_queue_release(const Command& queue, Toolbox& tools);
void add_queue_remove(const Command& queue, Toolbox& tools);
void add_quarantine_list(const Command& quarantine, Toolbox& tools);
void add_quarantine_show(const Command& quarantine, Toolbox& tools);
void add_quarantine_release(const Command& quarantine, Toolbox& tools);
void add_quarantine_remove(const Command& quarantine, Toolbox& tools);
void add_spool_check(const Command& spool, Toolbox& tools);
void add_spool_repair(const Command& spool, Toolbox& tools);
void add_limits_show(const Command& limits, Toolbox& tools);
void add_limits_ban(const Command& limits, Toolbox& tools);
void add_limits_allow(const Command& limits, Toolbox& tools);
void add_limits_clear(const Command& limits, Toolbox& tools);
void add_sandbox_show(const Command& sandbox, Toolbox& tools);
void add_config_list(const Command& config, Toolbox& tools);
void add_config_show(const Command& config, Toolbox& tools);
void add_config_get(const Command& config, Toolbox& tools);
void add_config_set(const Command& config, Toolbox& tools);
void add_config_check(const Command& config, Toolbox& tools);

}  // namespace postern::smtpctl
