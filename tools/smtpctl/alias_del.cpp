// SPDX-License-Identifier: BSD-2-Clause
// smtpctl alias del: targets of an alias, or the whole of it.
#include "commands.hpp"
#include "targets.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string alias;
    std::vector<std::string> targets;
};

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const mail::Address alias, parse_local(options.alias, config));
    POSTERN_ASSIGN(const std::vector<mail::Address> targets, parse_targets(options.targets, *alias.domain()));
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    const std::string name = alias.to_string() + (targets.empty() ? "" : " or one of these targets");
    return ending_of(editor.remove_alias(alias, targets), name, *alias.domain());
}

}  // namespace

void add_alias_del(const Command& alias, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = alias.add_subcommand("del", "Remove targets of an alias, or the alias");
    command.add_option("ALIAS", options->alias, "ringo@example.org, or ringo of local.default_domain")
        .required();
    command.add_option("TARGET", options->targets, "Only these; with none left, the alias goes, too");
    command.describe("smtpctl alias del ringo@example.org bob@example.net", {65, 67, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
