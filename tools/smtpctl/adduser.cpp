// SPDX-License-Identifier: BSD-2-Clause
// smtpctl adduser: an account, and the hash of its password.
#include "accounts/password_hash.hpp"
#include "commands.hpp"
#include "password_prompt.hpp"
#include "size_text.hpp"
#include "targets.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string address;
    std::vector<std::string> forward;
    std::string quota = "none";
    bool no_keep = false;
    bool no_password = false;
    bool password_stdin = false;
    bool generate = false;
};

Result<accounts::AccountSettings> settings_of(const Options& options, const mail::Domain& domain) {
    accounts::AccountSettings settings;
    POSTERN_ASSIGN(settings.forward, parse_targets(options.forward, domain));
    settings.keep = !options.no_keep;
    POSTERN_ASSIGN(settings.quota, parse_size(options.quota));
    return settings;
}

PasswordSource source_of(const Options& options) {
    if (options.generate) return PasswordSource::generated;
    return options.password_stdin ? PasswordSource::standard_input : PasswordSource::terminal;
}

/// "" without one.
Result<std::string> password_of(const Options& options) {
    if (options.no_password) return std::string();
    return read_password(source_of(options));
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const mail::Address address, parse_local(options.address, config));
    POSTERN_ASSIGN(const accounts::AccountSettings settings, settings_of(options, *address.domain()));
    POSTERN_ASSIGN(const std::string password, password_of(options));  // before the lock: people are slow
    std::string hash;
    if (!password.empty()) {
        POSTERN_ASSIGN(hash, accounts::hash_password(password));
    }
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    const auto edited = editor.add_account(address, settings, hash);
    if (options.generate && edited && *edited == accounts::Edited::done) tools.out << password << '\n';
    return ending_of(edited, address.to_string(), *address.domain());
}

}  // namespace

void add_adduser(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = app.add_subcommand("adduser", "Add a user: a mailbox and a password");
    command.add_option("ADDRESS", options->address, "alice@example.org, or alice of local.default_domain")
        .required();
    const Argument from_stdin = command.add_flag("--password-stdin", options->password_stdin,
                                                 "The password is the first line of standard input");
    const Argument generate =
        command.add_flag("--generate", options->generate, "Make a password, and print it once");
    generate.excludes(from_stdin);
    const Argument none =
        command.add_flag("--no-password", options->no_password, "Nobody can log in as this user");
    none.excludes(from_stdin);
    none.excludes(generate);
    const Argument forward =
        command.add_option("--forward", options->forward, "Send a copy there; may be repeated")
            .type_name("ADDRESS");
    command.add_flag("--no-keep", options->no_keep, "Keep no copy of what is forwarded").needs(forward);
    command.add_option("--quota", options->quota, "What the mailbox may hold: octets, or with K, M or G")
        .type_name("SIZE");
    command.describe("echo 'a long pass phrase' | smtpctl adduser alice@example.org --password-stdin",
                     {65, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
