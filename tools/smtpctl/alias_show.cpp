// SPDX-License-Identifier: BSD-2-Clause
// smtpctl alias show: the targets of one alias, one a line.
#include "accounts/owner.hpp"
#include "commands.hpp"
#include "find_alias.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string alias;
    bool json = false;
};

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const mail::Address alias, parse_local(options.alias, config));
    POSTERN_ASSIGN(const auto targets, find_alias(tools, config, alias));
    if (!targets) return {status::no_such_user, alias.to_string() + " is no alias"};
    POSTERN_ASSIGN(const auto owner,
                   accounts::owner_of(tools.files, config.accounts, *alias.domain(), alias.local_part()));
    if (owner && options.json)
        tools.print_json(
            [&](JsonWriter& json) { json.open_object().member("owner", owner->to_string()).close_object(); });
    else if (owner)
        tools.out << "# owner: " << owner->to_string() << '\n';
    for (const mail::Address& target : *targets) {
        if (options.json)
            tools.print_json([&](JsonWriter& json) {
                json.open_object().member("target", target.to_string()).close_object();
            });
        else
            tools.out << target.to_string() << '\n';
    }
    return done;
}

}  // namespace

void add_alias_show(const Command& alias, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = alias.add_subcommand("show", "Show the targets of an alias, one a line");
    command.add_option("ALIAS", options->alias, "ringo@example.org, or ringo of local.default_domain")
        .required();
    command.add_flag("--json", options->json, "Print one JSON object a line");
    command.describe("smtpctl alias show ringo@example.org", {65, 67, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
