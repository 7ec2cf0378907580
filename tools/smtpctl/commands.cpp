// SPDX-License-Identifier: BSD-2-Clause
// The table of contents of smtpctl.
#include "commands.hpp"

#include <CLI/CLI.hpp>

namespace postern::smtpctl {

namespace {

CLI::App& add_group(CLI::App& app, const std::string& name, const std::string& help) {
    CLI::App* const group = app.add_subcommand(name, help);
    group->require_subcommand(1);
    return *group;
}

std::string meaning_of(int status) {
    switch (status) {
        case 65:
            return "the value given is not allowed, or exists already; or something is wrong in the spool";
        case 66: return "no message has that id";
        case 67: return "no such user, alias or relay host";
        case 68: return "the domain is not served here";
        case 75: return "locked by somebody else, or trouble with the disk: try again";
        case 77: return "no permission";
        case 78: return "something is wrong in the configuration";
        default: return "";
    }
}

}  // namespace

void describe(CLI::App& command, const std::string& example, std::initializer_list<int> statuses) {
    std::string text = "Example:\n  " + example + "\n\nExit status:\n  0   done\n  64  wrong usage\n";
    for (const int status : statuses)
        text += "  " + std::to_string(status) + "  " + meaning_of(status) + "\n";
    text.pop_back();
    command.footer(text);
}

void add_commands(CLI::App& app, Toolbox& tools) {
    add_init(app, tools);
    add_adduser(app, tools);
    add_deluser(app, tools);
    add_passwd(app, tools);
    add_users(app, tools);
    add_quota(app, tools);

    CLI::App& domain = add_group(app, "domain", "Domains that are served here");
    add_domain_add(domain, tools);
    add_domain_del(domain, tools);
    add_domain_list(domain, tools);

    CLI::App& alias = add_group(app, "alias", "Names that stand for other addresses");
    add_alias_add(alias, tools);
    add_alias_del(alias, tools);
    add_alias_list(alias, tools);
    add_alias_show(alias, tools);

    CLI::App& relay = add_group(app, "relay", "Hosts that may send anywhere without a password");
    add_relay_add(relay, tools);
    add_relay_del(relay, tools);
    add_relay_list(relay, tools);

    add_status(app, tools);
    add_start(app, tools);
    add_stop(app, tools);
    add_loglevel(app, tools);

    CLI::App& queue = add_group(app, "queue", "Messages on their way");
    add_queue_list(queue, tools);
    add_queue_show(queue, tools);
    add_queue_retry(queue, tools);
    add_queue_hold(queue, tools);
    add_queue_release(queue, tools);
    add_queue_remove(queue, tools);

    CLI::App& spool = add_group(app, "spool", "The files and directories of the queue");
    add_spool_check(spool, tools);
    add_spool_repair(spool, tools);

    CLI::App& config = add_group(app, "config", "Settings");
    add_config_list(config, tools);
    add_config_show(config, tools);
    add_config_get(config, tools);
    add_config_set(config, tools);
    add_config_check(config, tools);
}

}  // namespace postern::smtpctl
