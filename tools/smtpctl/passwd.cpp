// SPDX-License-Identifier: BSD-2-Clause
// smtpctl passwd: another password for a user.
#include "accounts/password_hash.hpp"
#include "commands.hpp"
#include "password_prompt.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string address;
    bool password_stdin = false;
};

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const mail::Address address, parse_local(options.address, config));
    POSTERN_ASSIGN(
        const std::string password,
        read_password(options.password_stdin ? PasswordSource::standard_input : PasswordSource::terminal));
    POSTERN_ASSIGN(const std::string hash, accounts::hash_password(password));
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    return ending_of(editor.set_password(address, hash), address.to_string(), *address.domain());
}

}  // namespace

void add_passwd(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = app.add_subcommand("passwd", "Set a user's password");
    command.add_option("ADDRESS", options->address, "alice@example.org, or alice of local.default_domain")
        .required();
    command.add_flag("--password-stdin", options->password_stdin,
                     "The password is the first line of standard input");
    command.describe("smtpctl passwd alice@example.org", {65, 67, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
