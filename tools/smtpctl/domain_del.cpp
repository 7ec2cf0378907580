// SPDX-License-Identifier: BSD-2-Clause
// smtpctl domain del: no longer serve a domain. With accounts or aliases beside its postmaster only by
// --with-users, since that cannot be taken back.
#include <algorithm>

#include "accounts/directory.hpp"
#include "base/escape.hpp"
#include "commands.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string domain;
    bool with_users = false;
};

/// How many accounts and aliases there are beside the postmaster.
Result<std::size_t> count_names(Toolbox& tools, const config::Config& config, const mail::Domain& domain) {
    POSTERN_ASSIGN(std::vector<std::string> names,
                   accounts::list_accounts(tools.files, config.accounts, domain));
    POSTERN_ASSIGN(const std::vector<std::string> aliases,
                   accounts::list_aliases(tools.files, config.accounts, domain));
    names.insert(names.end(), aliases.begin(), aliases.end());
    return static_cast<std::size_t>(
        std::ranges::count_if(names, [](const std::string& n) { return n != "postmaster"; }));
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const mail::Domain domain, parse_domain(options.domain));
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    const auto others = count_names(tools, config, domain);
    if (others.failed_with(Fault::not_found))
        return {status::no_such_domain, domain.text() + " is not served here"};
    if (!others) return others.error();
    if (*others > 0 && !options.with_users)
        return {status::bad_value,
                domain.text() + " has " + std::to_string(*others) +
                    " users and aliases beside postmaster; to remove them, too, add --with-users"};
    Ending ending = ending_of(editor.remove_domain(domain), domain.text(), domain);
    const std::string mail = config.delivery.mail_directory + "/" + escape_file_name(domain.text());
    if (ending.status == 0 && tools.files.info(mail))
        tools.out << "The mail of " << domain.text() << " stays in " << mail << '\n';
    return ending;
}

}  // namespace

void add_domain_del(const Command& domain, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = domain.add_subcommand("del", "No longer serve a domain; its mail stays");
    command.add_option("DOMAIN", options->domain, "example.org").required();
    command.add_flag("--with-users", options->with_users, "Remove its users and aliases, too");
    command.describe("smtpctl domain del example.org", {65, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
