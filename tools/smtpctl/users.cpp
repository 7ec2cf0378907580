// SPDX-License-Identifier: BSD-2-Clause
// smtpctl users: who has a mailbox here.
#include "accounts/directory.hpp"
#include "accounts/file_accounts.hpp"
#include "accounts/places.hpp"
#include "commands.hpp"
#include "each_name.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string domain;
    bool json = false;
};

struct User {
    accounts::Account account;
    std::string address;
    bool has_password = false;
};

void print_json(Toolbox& tools, const User& user) {
    tools.print_json([&](JsonWriter& json) {
        json.open_object().member("address", user.address).key("forward").open_array();
        for (const mail::Address& target : user.account.forward) json.value(target.to_string());
        json.close_array()
            .member("keep", user.account.keep)
            .member("disabled", user.account.disabled)
            .member("password", user.has_password)
            .member("quota", user.account.quota)
            .close_object();
    });
}

void print_row(std::ostream& out, const User& user) {
    out << user.address;
    if (user.account.disabled) out << "  disabled";
    if (!user.has_password) out << "  no password";
    if (user.account.quota != 0) out << "  quota " << user.account.quota;
    for (const mail::Address& target : user.account.forward) out << "  -> " << target.to_string();
    if (!user.account.keep) out << "  keeps none";
    out << '\n';
}

/// Nothing when the account has gone since it was listed.
Result<std::optional<User>> find_user(Toolbox& tools, const config::Config& config,
                                      const mail::Address& address) {
    const accounts::FileAccounts accounts(tools.files, config.accounts);
    POSTERN_ASSIGN(const accounts::Lookup found, accounts.look_up(address));
    const auto* account = std::get_if<accounts::Account>(&found);
    if (account == nullptr) return std::optional<User>();
    const auto password =
        tools.files.info(accounts::password_file(config.accounts, *address.domain(), address.local_part()));
    return std::optional<User>(User{*account, address.to_string(), static_cast<bool>(password)});
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    return show_each(tools, config, options.domain, accounts::list_accounts,
                     [&](const mail::Address& address) -> Status {
                         POSTERN_ASSIGN(const std::optional<User> user, find_user(tools, config, address));
                         if (!user) return done;
                         options.json ? print_json(tools, *user) : print_row(tools.out, *user);
                         return done;
                     });
}

}  // namespace

void add_users(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = app.add_subcommand("users", "List the users");
    command.add_option("DOMAIN", options->domain, "Only those of this domain");
    command.add_flag("--json", options->json, "Print one JSON object a line");
    command.describe("smtpctl users example.org", {65, 68, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
