// SPDX-License-Identifier: BSD-2-Clause
// The table of contents of smtpctl.
#include "commands.hpp"

namespace postern::smtpctl {

void add_commands(const Command& app, Toolbox& tools) {
    add_init(app, tools);
    add_adduser(app, tools);
    add_deluser(app, tools);
    add_passwd(app, tools);
    add_users(app, tools);
    add_quota(app, tools);

    const Command domain = app.add_group("domain", "Domains that are served here");
    add_domain_add(domain, tools);
    add_domain_del(domain, tools);
    add_domain_list(domain, tools);

    const Command alias = app.add_group("alias", "Names that stand for other addresses");
    add_alias_add(alias, tools);
    add_alias_del(alias, tools);
    add_alias_list(alias, tools);
    add_alias_show(alias, tools);

    const Command relay = app.add_group("relay", "Hosts that may send anywhere without a password");
    add_relay_add(relay, tools);
    add_relay_del(relay, tools);
    add_relay_list(relay, tools);

    const Command tls = app.add_group("tls", "Certificates");
    add_tls_install(tls, tools);
    add_tls_selfsign(tls, tools);
    add_tls_csr(tls, tools);
    add_tls_check(tls, tools);

    add_status(app, tools);
    add_start(app, tools);
    add_stop(app, tools);
    add_loglevel(app, tools);
    add_kick(app, tools);

    const Command queue = app.add_group("queue", "Messages on their way");
    add_queue_list(queue, tools);
    add_queue_show(queue, tools);
    add_queue_retry(queue, tools);
    add_queue_hold(queue, tools);
    add_queue_release(queue, tools);
    add_queue_remove(queue, tools);

    const Command quarantine = app.add_group("quarantine", "Messages that were found not to be valid");
    add_quarantine_list(quarantine, tools);
    add_quarantine_show(quarantine, tools);
    add_quarantine_release(quarantine, tools);
    add_quarantine_remove(quarantine, tools);

    const Command spool = app.add_group("spool", "The files and directories of the queue");
    add_spool_check(spool, tools);
    add_spool_repair(spool, tools);

    const Command limits = app.add_group("limits", "What sessions do, and who is not served for it");
    add_limits_show(limits, tools);
    add_limits_ban(limits, tools);
    add_limits_allow(limits, tools);
    add_limits_clear(limits, tools);

    const Command sandbox = app.add_group("sandbox", "What programs may still do once they serve");
    add_sandbox_show(sandbox, tools);

    const Command config = app.add_group("config", "Settings");
    add_config_list(config, tools);
    add_config_show(config, tools);
    add_config_get(config, tools);
    add_config_set(config, tools);
    add_config_check(config, tools);
}

}  // namespace postern::smtpctl
