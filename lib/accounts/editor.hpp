// SPDX-License-Identifier: BSD-2-Clause
// The writing side of the userland, for administrators: one Editor at a time holds the lock of the tree,
// each file is replaced whole or not at all, so two administrators at once lose nothing and readers see
// the old file or the new one. Mailboxes and their mail are never touched.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/credentials.hpp"
#include "accounts/options.hpp"
#include "accounts/relay_hosts.hpp"
#include "accounts/settings_file.hpp"
#include "base/result.hpp"
#include "mail/address.hpp"
#include "sys/file_system.hpp"
#include "sys/replace_file.hpp"

namespace postern::accounts {

/// What became of a change that met no trouble with a file.
enum class Edited {
    done,
    no_such_domain,
    no_such_name,   ///< account, alias, target or relay host
    already_there,  ///< nothing was changed
};

/// The text of a file after a change; `path` is for errors.
using Change = std::function<Result<std::string>(const std::string& text, const std::string& path)>;

/// Nothing is stored unless it comes to Edited::done.
using CredentialsChange = std::function<Result<Edited>(Credentials& credentials)>;

class Editor {
public:
    /// Waits up to ten seconds for another editor. `files` must outlive it.
    static Result<Editor> open(sys::FileSystem& files, Options options, const std::string& lock_file);
    /// With the lock of the tree already taken.
    Editor(sys::FileSystem& files, Options options, sys::EditLock lock)
        : files_(files), options_(std::move(options)), lock_(std::move(lock)) {}

    /// With its postmaster account.
    Result<Edited> add_domain(const mail::Domain& domain);
    /// Another name of `home`, which has to be served here: no_such_domain. Fault::permanent when that is
    /// only another name itself.
    Result<Edited> add_other_name(const mail::Domain& domain, const mail::Domain& home);
    /// With its accounts, aliases and passwords, all at once; Fault::permanent when anything but plain files
    /// is in its directory.
    Result<Edited> remove_domain(const mail::Domain& domain);

    /// The address has a domain, as all of them here. `password_hash`: "" = none, nobody can log in.
    Result<Edited> add_account(const mail::Address& address, const AccountSettings& settings,
                               std::string_view password_hash);
    Result<Edited> remove_account(const mail::Address& address);
    /// Puts what `change` makes of its text into the account's file, if it is understood before and after.
    Result<Edited> change_account(const mail::Address& address, const Change& change);
    /// In the place of the password that was, and of its SCRAM keys. Application passwords stay.
    Result<Edited> set_password(const mail::Address& address, std::string_view password_hash,
                                std::optional<sasl::ScramKeys> scram = std::nullopt);
    Result<Edited> change_credentials(const mail::Address& address, const CredentialsChange& change);

    /// Adds what is missing; already_there when all targets stood there. Fault::permanent for a target that
    /// an alias file cannot hold.
    Result<Edited> add_alias(const mail::Address& alias, const std::vector<mail::Address>& targets);
    /// Without targets the whole alias; with all of its targets, too, since an empty alias is an error.
    Result<Edited> remove_alias(const mail::Address& alias, const std::vector<mail::Address>& targets);

    Result<Edited> add_relay_host(const RelayHost& host);
    Result<Edited> remove_relay_host(const RelayHost& host);

private:
    Result<bool> exists(const std::string& path) const;
    Status expect_plain_files(const std::string& directory) const;
    Status remove_tree(const std::string& directory);
    Status store_credentials(const mail::Address& address, const Credentials& credentials);

    sys::FileSystem& files_;
    Options options_;
    sys::EditLock lock_;
};

}  // namespace postern::accounts
