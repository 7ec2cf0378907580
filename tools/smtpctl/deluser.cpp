// SPDX-License-Identifier: BSD-2-Clause
// smtpctl deluser: the account goes, with all by which its user could log in; the mail stays.
#include "accounts/last_logins.hpp"
#include "accounts/places.hpp"
#include "base/escape.hpp"
#include "commands.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

std::string maildir_of(const mail::Address& address, const config::Config& config) {
    return config.delivery.mail_directory + "/" + escape_file_name(address.domain()->text()) + "/" +
           escape_file_name(address.local_part());
}

Ending run(const std::string& name, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const mail::Address address, parse_local(name, config));
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    Ending ending = ending_of(editor.remove_account(address), address.to_string(), *address.domain());
    if (ending.status != 0) return ending;
    accounts::LastLogins logins(tools.files, accounts::last_logins_directory(config.directories.state));
    POSTERN_TRY(logins.forget_all(*accounts::name_in_userland(address)));
    const std::string maildir = maildir_of(address, config);
    if (tools.files.info(maildir))
        tools.out << "The mail of " << address.to_string() << " stays in " << maildir << '\n';
    return ending;
}

}  // namespace

void add_deluser(const Command& app, Toolbox& tools) {
    auto name = std::make_shared<std::string>();
    const Command command = app.add_subcommand("deluser", "Remove a user; the mail stays where it is");
    command.add_option("ADDRESS", *name, "alice@example.org, or alice of local.default_domain").required();
    command.describe("smtpctl deluser alice@example.org", {65, 67, 68, 75, 77, 78});
    command.callback([name, &tools] { tools.ending = run(*name, tools); });
}

}  // namespace postern::smtpctl
