// SPDX-License-Identifier: BSD-2-Clause
// smtpctl limits clear: what has been counted is forgotten; bans stay.
#include "commands.hpp"
#include "limits_source.hpp"
#include "policy/limit_table.hpp"
#include "policy/rates.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

/// A user's address, or a source.
Result<policy::Subject> parse_subject(const std::string& text, const config::Config& config) {
    if (text.find('@') == std::string::npos) return parse_source(text);
    POSTERN_ASSIGN(const mail::Address address, parse_local(text, config));
    return policy::Subject::account(address);
}

Ending run(const std::string& text, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const auto table, policy::open_limit_table(config.directories.run));
    policy::Rates rates(policy::limit_map(table));
    if (text.empty()) {
        rates.forget_all();
        return done;
    }
    POSTERN_ASSIGN(const policy::Subject subject, parse_subject(text, config));
    rates.forget(subject);
    return done;
}

}  // namespace

void add_limits_clear(const Command& limits, Toolbox& tools) {
    auto whose = std::make_shared<std::string>();
    const Command command = limits.add_subcommand("clear", "Forget what has been counted; bans stay");
    command.add_option("WHOSE", *whose, "A source or a user; else everybody's");
    command.describe("smtpctl limits clear 192.0.2.7", {65, 75, 77, 78});
    command.callback([whose, &tools] { tools.ending = run(*whose, tools); });
}

}  // namespace postern::smtpctl
