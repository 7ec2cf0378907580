// SPDX-License-Identifier: BSD-2-Clause
#include "local_client.hpp"

#include "accounts/file_accounts.hpp"
#include "sys/login_name.hpp"
#include "sys/process.hpp"

namespace postern::tools {

namespace {

using MaybeAddress = std::optional<mail::Address>;

Result<MaybeAddress> account_of(const std::string& login, sys::FileSystem& files,
                                const accounts::Options& options) {
    if (login.empty() || !options.default_domain) return MaybeAddress();
    auto address = mail::Address::make(login, *options.default_domain);
    if (!address) return MaybeAddress();
    const accounts::FileAccounts accounts(files, options);
    POSTERN_ASSIGN(const bool served, accounts.serves(*options.default_domain));
    if (!served) return MaybeAddress();
    POSTERN_ASSIGN(const auto found, accounts.look_up(*address));
    const auto* account = std::get_if<accounts::Account>(&found);
    return account && !account->disabled ? address : MaybeAddress();
}

}  // namespace

Result<LocalClient> find_local_client(std::uint32_t user, sys::FileSystem& files,
                                      const config::Config& config) {
    POSTERN_ASSIGN(const auto login, sys::login_name(files, user));
    POSTERN_ASSIGN(const auto owner, sys::owner_of(config.directories.root));
    POSTERN_ASSIGN(auto account, account_of(login, files, config.accounts));
    return LocalClient{{std::move(account), user == 0 || user == owner.user},
                       login.empty() ? std::to_string(user) : login};
}

}  // namespace postern::tools
