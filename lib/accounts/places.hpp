// SPDX-License-Identifier: BSD-2-Clause
// Where an account, an alias and a password lie below the userland's directories (postern-userland(5)).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "accounts/options.hpp"
#include "mail/domain.hpp"

namespace postern::accounts {

inline constexpr std::string_view kAccountSuffix = ".account";
inline constexpr std::string_view kAliasSuffix = ".alias";
inline constexpr std::string_view kRecipientsFile = "recipients";

std::string domain_directory(const Options& options, const mail::Domain& domain);
std::string domain_file(const Options& options, const mail::Domain& domain);
/// Whom a domain that is passed on has, where its settings say that there is a list.
std::string recipients_file(const Options& options, const mail::Domain& domain);
std::string account_file(const Options& options, const mail::Domain& domain, std::string_view local_part);
std::string alias_file(const Options& options, const mail::Domain& domain, std::string_view local_part);
std::string password_directory(const Options& options, const mail::Domain& domain);
std::string password_file(const Options& options, const mail::Domain& domain, std::string_view local_part);

/// An account's or alias's name as the userland writes it; nothing for an address literal.
std::optional<Mailbox> name_in_userland(const mail::Address& address);

/// The local part that `name` + `suffix` stands for; nothing for any other file, or one whose name no
/// look-up would ever ask for ("Alice.account").
std::optional<std::string> local_part_of(std::string_view file_name, std::string_view suffix);
/// The same for the directory of a domain.
std::optional<mail::Domain> domain_of(std::string_view directory_name);

}  // namespace postern::accounts
