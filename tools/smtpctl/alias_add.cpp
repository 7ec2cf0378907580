// SPDX-License-Identifier: BSD-2-Clause
// smtpctl alias add: targets for an alias, which is made when there is none.
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
    return ending_of(editor.add_alias(alias, targets), alias.to_string() + " with these targets",
                     *alias.domain());
}

}  // namespace

void add_alias_add(const Command& alias, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command =
        alias.add_subcommand("add", "Add targets to an alias, which is made when there is none");
    command.add_option("ALIAS", options->alias, "ringo@example.org, or ringo of local.default_domain")
        .required();
    command.add_option("TARGET", options->targets, "Addresses anywhere, or names of the alias's domain")
        .required();
    command.describe("smtpctl alias add ringo@example.org alice bob@example.net", {65, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
