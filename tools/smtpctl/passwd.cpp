// SPDX-License-Identifier: BSD-2-Clause
// smtpctl passwd: by what a user can log in.
#include "accounts/credentials.hpp"
#include "accounts/password_hash.hpp"
#include "app_passwords.hpp"
#include "commands.hpp"
#include "password_prompt.hpp"
#include "sys/random.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string address;
    std::string app;
    bool password_stdin = false;
    bool generate = false;
    bool scram = false;
    bool remove = false;
    bool list = false;
};

sasl::ScramKeys scram_keys(const std::string& password) {
    std::string salt(sasl::kScramSaltOctets, '\0');
    sys::SystemRandomness().fill({reinterpret_cast<unsigned char*>(salt.data()), salt.size()});
    return sasl::make_keys(password, std::move(salt), sasl::kScramIterations);
}

PasswordSource where_from(const Options& options) {
    if (options.generate) return PasswordSource::generated;
    return options.password_stdin ? PasswordSource::standard_input : PasswordSource::terminal;
}

Ending set_password(const Options& options, const mail::Address& address, const config::Config& config,
                    Toolbox& tools) {
    POSTERN_ASSIGN(const std::string password, read_password(where_from(options)));
    POSTERN_ASSIGN(const std::string hash, accounts::hash_password(password));
    const auto scram = options.scram ? std::optional(scram_keys(password)) : std::nullopt;
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    sys::SystemRandomness randomness;  // of a tree that is older than SCRAM:
    if (scram) POSTERN_TRY(accounts::make_decoy_secret(tools.files, config.accounts, randomness));
    const auto edited = editor.set_password(address, hash, scram);
    if (options.generate && edited && *edited == accounts::Edited::done) tools.out << password << '\n';
    return ending_of(edited, address.to_string(), *address.domain());
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const mail::Address address, parse_local(options.address, config));
    if (options.list) return list_credentials(address, config, tools);
    if (options.remove) return remove_app_password(address, options.app, config, tools);
    if (!options.app.empty()) return add_app_password(address, options.app, config, tools);
    return set_password(options, address, config, tools);
}

}  // namespace

void add_passwd(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command =
        app.add_subcommand("passwd", "Set a user's password, or one for a program of his");
    command.add_option("ADDRESS", options->address, "alice@example.org, or alice of local.default_domain")
        .required();
    const Argument from_stdin = command.add_flag("--password-stdin", options->password_stdin,
                                                 "The password is the first line of standard input");
    const Argument generate =
        command.add_flag("--generate", options->generate, "Make a password, and print it once");
    generate.excludes(from_stdin);
    const Argument scram = command.add_flag("--scram", options->scram,
                                            "Store keys for SCRAM, too; easier to attack than the hash");
    const Argument name =
        command.add_option("--app", options->app, "Make a password for one program, and print it once")
            .type_name("NAME");
    for (const Argument& other : {from_stdin, generate, scram}) name.excludes(other);
    command.add_flag("--remove", options->remove, "Take that program's password away").needs(name);
    const Argument list =
        command.add_flag("--list", options->list, "Show by what the user can log in, and its last use");
    for (const Argument& other : {from_stdin, generate, scram, name}) list.excludes(other);
    command.describe("smtpctl passwd alice@example.org --app phone", {65, 67, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
