// SPDX-License-Identifier: BSD-2-Clause
// smtpctl domain list: the domains that are served here.
#include "accounts/directory.hpp"
#include "commands.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

void print_row(std::ostream& out, const mail::Domain& domain) {
    out << domain.text();
    if (const std::string unicode = domain.unicode(); unicode != domain.text()) out << "  " << unicode;
    out << '\n';
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const std::vector<mail::Domain> domains,
                   accounts::list_domains(tools.files, config.accounts));
    for (const mail::Domain& domain : domains) {
        if (!json) {
            print_row(tools.out, domain);
            continue;
        }
        POSTERN_ASSIGN(const auto users, accounts::list_accounts(tools.files, config.accounts, domain));
        POSTERN_ASSIGN(const auto aliases, accounts::list_aliases(tools.files, config.accounts, domain));
        tools.print_json([&](JsonWriter& writer) {
            writer.open_object()
                .member("domain", domain.text())
                .member("unicode", domain.unicode())
                .member("default", config.accounts.default_domain == domain)
                .member("users", users.size())
                .member("aliases", aliases.size())
                .close_object();
        });
    }
    return done;
}

}  // namespace

void add_domain_list(const Command& domain, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command = domain.add_subcommand("list", "List the domains that are served here");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl domain list", {75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
