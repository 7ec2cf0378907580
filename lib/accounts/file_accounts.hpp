// SPDX-License-Identifier: BSD-2-Clause
// The plain files of the userland as Accounts: read at each look-up, so that a change counts at once and
// there is no index to rebuild. A file that is not there means no such user; a file that cannot be read,
// is empty or is not understood is an Error, and so is a missing directory of domains.
#pragma once

#include <string_view>

#include "accounts/accounts.hpp"
#include "accounts/options.hpp"
#include "accounts/settings_file.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

class FileAccounts final : public Accounts {
public:
    /// `files` must outlive it.
    FileAccounts(sys::FileSystem& files, Options options) : files_(files), options_(std::move(options)) {}

    Result<bool> serves(const mail::Domain& domain) const override;
    Result<Lookup> look_up(const mail::Address& address) const override;

private:
    /// One step of the order of look-ups; NoSuchUser when neither file is there.
    Result<Lookup> account_or_alias(const mail::Domain& domain, std::string_view local_part) const;
    Result<Lookup> exact_or_untagged(const mail::Domain& domain, std::string_view local_part) const;
    /// What the domain's settings, or the site's, say of names that are not here.
    Result<Lookup> other_name(const mail::Address& address, const mail::Domain& domain) const;
    Result<DomainSettings> settings_of(const mail::Domain& domain) const;
    /// The account's own, or the domain's.
    Result<Method> method_of(const AccountSettings& account, const mail::Domain& domain) const;

    sys::FileSystem& files_;
    Options options_;
};

}  // namespace postern::accounts
