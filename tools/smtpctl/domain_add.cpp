// SPDX-License-Identifier: BSD-2-Clause
// smtpctl domain add: a domain that is served here, with its postmaster.
#include "commands.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

Ending run(const std::string& name, Toolbox& tools) {
    POSTERN_ASSIGN(const mail::Domain domain, parse_domain(name));
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    return ending_of(editor.add_domain(domain), domain.text(), domain);
}

}  // namespace

void add_domain_add(const Command& domain, Toolbox& tools) {
    auto name = std::make_shared<std::string>();
    const Command command = domain.add_subcommand("add", "Serve a domain; its postmaster is made, too");
    command.add_option("DOMAIN", *name, "example.org").required();
    command.describe("smtpctl domain add example.org", {65, 75, 77, 78});
    command.callback([name, &tools] { tools.ending = run(*name, tools); });
}

}  // namespace postern::smtpctl
