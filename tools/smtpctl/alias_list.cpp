// SPDX-License-Identifier: BSD-2-Clause
// smtpctl alias list: all aliases and their targets.
#include "accounts/directory.hpp"
#include "commands.hpp"
#include "each_name.hpp"
#include "find_alias.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string domain;
    bool json = false;
};

void print_json(Toolbox& tools, const mail::Address& alias, const std::vector<mail::Address>& targets) {
    tools.print_json([&](JsonWriter& json) {
        json.open_object().member("alias", alias.to_string()).key("targets").open_array();
        for (const mail::Address& target : targets) json.value(target.to_string());
        json.close_array().close_object();
    });
}

void print_row(std::ostream& out, const mail::Address& alias, const std::vector<mail::Address>& targets) {
    out << alias.to_string() << " ->";
    for (const mail::Address& target : targets) out << ' ' << target.to_string();
    out << '\n';
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    return show_each(
        tools, config, options.domain, accounts::list_aliases, [&](const mail::Address& alias) -> Status {
            POSTERN_ASSIGN(const auto targets, find_alias(tools, config, alias));
            if (!targets) return done;  // gone since it was listed
            options.json ? print_json(tools, alias, *targets) : print_row(tools.out, alias, *targets);
            return done;
        });
}

}  // namespace

void add_alias_list(const Command& alias, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = alias.add_subcommand("list", "List the aliases and their targets");
    command.add_option("DOMAIN", options->domain, "Only those of this domain");
    command.add_flag("--json", options->json, "Print one JSON object a line");
    command.describe("smtpctl alias list --json", {65, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
