// SPDX-License-Identifier: BSD-2-Clause
// The commands of smtpctl; each add_… puts one into the command line, and lives in a file of that name.
#pragma once

#include <initializer_list>
#include <string>

namespace CLI {
class App;
}

namespace postern::smtpctl {

class Toolbox;

/// All of them, in the order of --help.
void add_commands(CLI::App& app, Toolbox& tools);

void add_init(CLI::App& app, Toolbox& tools);
void add_adduser(CLI::App& app, Toolbox& tools);
void add_deluser(CLI::App& app, Toolbox& tools);
void add_passwd(CLI::App& app, Toolbox& tools);
void add_users(CLI::App& app, Toolbox& tools);
void add_quota(CLI::App& app, Toolbox& tools);
void add_domain_add(CLI::App& domain, Toolbox& tools);
void add_domain_del(CLI::App& domain, Toolbox& tools);
void add_domain_list(CLI::App& domain, Toolbox& tools);
void add_alias_add(CLI::App& alias, Toolbox& tools);
void add_alias_del(CLI::App& alias, Toolbox& tools);
void add_alias_list(CLI::App& alias, Toolbox& tools);
void add_alias_show(CLI::App& alias, Toolbox& tools);
void add_relay_add(CLI::App& relay, Toolbox& tools);
void add_relay_del(CLI::App& relay, Toolbox& tools);
void add_relay_list(CLI::App& relay, Toolbox& tools);
void add_status(CLI::App& app, Toolbox& tools);
void add_start(CLI::App& app, Toolbox& tools);
void add_stop(CLI::App& app, Toolbox& tools);
void add_loglevel(CLI::App& app, Toolbox& tools);
void add_queue_list(CLI::App& queue, Toolbox& tools);
void add_queue_show(CLI::App& queue, Toolbox& tools);
void add_queue_retry(CLI::App& queue, Toolbox& tools);
void add_queue_hold(CLI::App& queue, Toolbox& tools);
void add_queue_release(CLI::App& queue, Toolbox& tools);
void add_queue_remove(CLI::App& queue, Toolbox& tools);
void add_spool_check(CLI::App& spool, Toolbox& tools);
void add_spool_repair(CLI::App& spool, Toolbox& tools);
void add_config_list(CLI::App& config, Toolbox& tools);
void add_config_show(CLI::App& config, Toolbox& tools);
void add_config_get(CLI::App& config, Toolbox& tools);
void add_config_set(CLI::App& config, Toolbox& tools);
void add_config_check(CLI::App& config, Toolbox& tools);

/// Ends the command's --help: an example, and the exit statuses it has beside 0 and 64.
void describe(CLI::App& command, const std::string& example, std::initializer_list<int> statuses);

}  // namespace postern::smtpctl
