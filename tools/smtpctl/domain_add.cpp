// SPDX-License-Identifier: BSD-2-Clause
// smtpctl domain add: a domain that is served here, with its postmaster, or another name of one.
#include "commands.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string domain;
    std::string same_as;
};

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const mail::Domain domain, parse_domain(options.domain));
    POSTERN_ASSIGN(const mail::Domain home,
                   parse_domain(options.same_as.empty() ? options.domain : options.same_as));
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    const auto added =
        options.same_as.empty() ? editor.add_domain(domain) : editor.add_other_name(domain, home);
    return ending_of(added, domain.text(), home);
}

}  // namespace

void add_domain_add(const Command& domain, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = domain.add_subcommand("add", "Serve a domain; its postmaster is made, too");
    command.add_option("DOMAIN", options->domain, "example.org").required();
    command.add_option("--same-as", options->same_as, "Make it another name of this domain")
        .type_name("DOMAIN");
    command.describe("smtpctl domain add example.org", {65, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
