// SPDX-License-Identifier: BSD-2-Clause
#include "app_passwords.hpp"

#include <algorithm>

#include "accounts/file_accounts.hpp"
#include "accounts/last_logins.hpp"
#include "accounts/places.hpp"
#include "sys/random.hpp"

namespace postern::smtpctl {

namespace {

using accounts::AppPassword;
using accounts::Credentials;
using accounts::Edited;

Ending no_such_app(const std::string& name, const mail::Address& user) {
    return {status::no_such_user, user.to_string() + " has no application password '" + name + "'"};
}

Status expect_app_name(const std::string& name) {
    if (accounts::is_app_name(name)) return done;
    return Error(Fault::permanent,
                 "'" + printable(name) + "' is no name such as phone: up to 32 letters, digits, . _ and -");
}

accounts::LastLogins last_logins(const config::Config& config, Toolbox& tools) {
    return {tools.files, accounts::last_logins_directory(config.directories.state)};
}

Status print_credential(const accounts::Mailbox& mailbox, std::string_view app, std::string_view what,
                        const config::Config& config, Toolbox& tools) {
    POSTERN_ASSIGN(const auto last, last_logins(config, tools).find(mailbox, app));
    tools.out << what << "  "
              << (last ? "last used " + format_rfc3339(*last, Precision::seconds) : "never used") << '\n';
    return done;
}

}  // namespace

Ending add_app_password(const mail::Address& user, const std::string& name, const config::Config& config,
                        Toolbox& tools) {
    POSTERN_TRY(expect_app_name(name));
    sys::SystemRandomness randomness;
    const std::string password = accounts::generate_password(randomness);
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    const auto edited = editor.change_credentials(user, [&](Credentials& credentials) -> Result<Edited> {
        if (std::ranges::count(credentials.app_passwords, name, &AppPassword::name) > 0)
            return Edited::already_there;
        credentials.app_passwords.push_back({name, accounts::digest_of_app_password(password)});
        return Edited::done;
    });
    if (edited && *edited == Edited::already_there)
        return {status::bad_value, user.to_string() + " has an application password '" + name + "' already"};
    if (edited && *edited == Edited::done) tools.out << password << '\n';
    return ending_of(edited, user.to_string(), *user.domain());
}

Ending remove_app_password(const mail::Address& user, const std::string& name, const config::Config& config,
                           Toolbox& tools) {
    POSTERN_ASSIGN(accounts::Editor editor, tools.edit(config));
    bool was_there = true;
    const auto edited = editor.change_credentials(user, [&](Credentials& credentials) -> Result<Edited> {
        was_there =
            std::erase_if(credentials.app_passwords, [&](const auto& app) { return app.name == name; }) > 0;
        return was_there ? Edited::done : Edited::no_such_name;
    });
    if (!was_there) return no_such_app(name, user);
    if (edited && *edited == Edited::done)
        POSTERN_TRY(last_logins(config, tools).forget(*accounts::name_in_userland(user), name));
    return ending_of(edited, user.to_string(), *user.domain());
}

Ending list_credentials(const mail::Address& user, const config::Config& config, Toolbox& tools) {
    const accounts::FileAccounts accounts(tools.files, config.accounts);
    POSTERN_ASSIGN(const bool served, accounts.serves(*user.domain()));
    if (!served) return ending_of(Edited::no_such_domain, user.to_string(), *user.domain());
    POSTERN_ASSIGN(const auto found, accounts.look_up(user));
    const auto* account = std::get_if<accounts::Account>(&found);
    if (account == nullptr) return ending_of(Edited::no_such_name, user.to_string(), *user.domain());
    POSTERN_ASSIGN(const auto credentials,
                   accounts::read_credentials(tools.files, config.accounts, account->mailbox));
    const std::string_view main = credentials.scram ? "password, SCRAM" : "password";
    if (!credentials.password_hash.empty())
        POSTERN_TRY(print_credential(account->mailbox, "", main, config, tools));
    for (const AppPassword& app : credentials.app_passwords)
        POSTERN_TRY(print_credential(account->mailbox, app.name, "app " + app.name, config, tools));
    return done;
}

}  // namespace postern::smtpctl
