// SPDX-License-Identifier: BSD-2-Clause
// What a recipient comes to: an account, another host, members, or nobody. Aliases are followed to their ends
// (aliases of aliases, catch-all, +tag, an account's forwards), each name once, so loops and duplicates end
// in one member each. What a list with an owner leads to is the owner's. Every Error is temporary for the
// recipient: a file anywhere on the way that cannot be read, aliases that lead only to each other, or too
// many members.
#pragma once

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

#include "accounts/accounts.hpp"
#include "base/result.hpp"
#include "mail/address.hpp"

namespace postern::accounts {

/// It is for another host: its domain is not served here, it is an address literal, or it is passed on.
struct Remote {};

/// The mailbox takes no mail for the time being.
struct MailboxDisabled {};

/// Its place is taken by these: names of accounts and remote addresses, and names that turned out to be
/// unknown.
struct Members {
    /// Those who were reached through lists of the same owner; nothing = of none.
    struct Group {
        std::optional<mail::Address> owner = {};
        std::vector<mail::Address> to = {};
    };
    Mailbox of = {};  ///< the alias or account that they stand for
    std::vector<Group> groups = {};
};

/// An Account gets a copy, whatever it says of forwards: they have been followed.
using Destination = std::variant<Remote, NoSuchUser, MailboxDisabled, Account, Members>;

/// Where the recipient stands: a member's account has been asked for its forwards already.
enum class Standing { of_envelope, of_expansion };

inline constexpr std::size_t kMostMembers = 50000;

/// Its mail is dealt with here: by deliver.
struct Local {};

/// Whose it is to take mail for an address to its end. This one function decides whether a message is
/// deliver's or mxrun's, so that neither hands it back to the other.
using Way = std::variant<Local, PassOn, Remote>;
Result<Way> way_of(const Accounts& accounts, const mail::Address& address);

Result<Destination> expand(const Accounts& accounts, const mail::Address& recipient, Standing standing,
                           std::size_t most_members = kMostMembers);

}  // namespace postern::accounts
