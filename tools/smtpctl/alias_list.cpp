// SPDX-License-Identifier: BSD-2-Clause
// smtpctl alias list: all aliases and their targets.
#include <CLI/CLI.hpp>

#include "accounts/directory.hpp"
#include "commands.hpp"
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

Ending show_domain(const Options& options, Toolbox& tools, const config::Config& config,
                   const mail::Domain& domain) {
    const auto names = accounts::list_aliases(tools.files, config.accounts, domain);
    if (names.failed_with(Fault::not_found))
        return {status::no_such_domain, domain.text() + " is not served here"};
    if (!names) return names.error();
    for (const std::string& name : *names) {
        const auto alias = mail::Address::make(name, domain);
        if (!alias) continue;
        POSTERN_ASSIGN(const auto targets, find_alias(tools, config, *alias));
        if (!targets) continue;  // gone since it was listed
        options.json ? print_json(tools, *alias, *targets) : print_row(tools.out, *alias, *targets);
    }
    return done;
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    if (!options.domain.empty()) {
        POSTERN_ASSIGN(const mail::Domain domain, parse_domain(options.domain));
        return show_domain(options, tools, config, domain);
    }
    POSTERN_ASSIGN(const std::vector<mail::Domain> domains,
                   accounts::list_domains(tools.files, config.accounts));
    for (const mail::Domain& domain : domains)
        if (Ending ending = show_domain(options, tools, config, domain); ending.status != 0) return ending;
    return done;
}

}  // namespace

void add_alias_list(CLI::App& alias, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    CLI::App* const command = alias.add_subcommand("list", "List the aliases and their targets");
    command->add_option("DOMAIN", options->domain, "Only those of this domain");
    command->add_flag("--json", options->json, "Print one JSON object a line");
    describe(*command, "smtpctl alias list --json", {65, 68, 75, 77, 78});
    command->callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
