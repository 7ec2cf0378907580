// SPDX-License-Identifier: BSD-2-Clause
// smtpctl limits allow: a ban ends, and what led to it is forgotten.
#include "commands.hpp"
#include "limits_source.hpp"
#include "policy/bans.hpp"
#include "policy/limit_table.hpp"
#include "policy/rates.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

Ending run(const std::string& text, Toolbox& tools) {
    POSTERN_ASSIGN(const policy::Subject source, parse_source(text));
    POSTERN_ASSIGN(const config::Config config, tools.config());
    policy::Bans bans(tools.files, policy::Bans::directory_in(config.directories.state));
    POSTERN_ASSIGN(const auto table, policy::open_limit_table(config.directories.run));
    policy::Rates(policy::limit_map(table)).forget(source);  // first, or the next offence would ban it again
    POSTERN_ASSIGN(const bool was_banned, bans.lift(source));
    if (!was_banned) return {status::no_such_user, source.to_string() + " is not banned"};
    return done;
}

}  // namespace

void add_limits_allow(const Command& limits, Toolbox& tools) {
    auto source = std::make_shared<std::string>();
    const Command command = limits.add_subcommand("allow", "End a ban, and forget what led to it");
    command.add_option("SOURCE", *source, "An IPv4 address, or an IPv6 address or /64").required();
    command.describe("smtpctl limits allow 192.0.2.7", {65, 67, 75, 77, 78});
    command.callback([source, &tools] { tools.ending = run(*source, tools); });
}

}  // namespace postern::smtpctl
