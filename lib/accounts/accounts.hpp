// SPDX-License-Identifier: BSD-2-Clause
// The seam to users, aliases and domains. FileAccounts (plain files) is the first implementation.
// Only `NoSuchUser` means that there is no such user; every trouble with a file is an Error, and every
// Error is temporary for the message that met it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "accounts/method.hpp"
#include "accounts/other_server.hpp"
#include "base/result.hpp"
#include "mail/address.hpp"

namespace postern::accounts {

/// A mailbox of a domain that is served here: both as file names (escape_file_name) of the userland.
struct Mailbox {
    std::string domain;
    std::string user;
    /// "alice@example.org" as the userland writes it: key for duplicates and for Maildir names.
    std::string to_string() const { return user + "@" + domain; }
    auto operator<=>(const Mailbox&) const = default;
};

/// An address, or each of a domain.
using Sender = std::variant<mail::Address, mail::Domain>;

struct Account {
    Mailbox mailbox;
    std::uint64_t quota = 0;                  ///< octets that the mailbox may hold, 0 = no limit
    std::vector<mail::Address> forward = {};  ///< delivered there too (`keep`) or instead
    bool keep = true;
    bool disabled = false;
    Method method = IntoMaildir{};
    std::vector<Sender> may_send_as = {};  ///< beside its own addresses
};

/// Does mail stay here, or only go on? Whoever forwards to himself keeps a copy, whatever else he says.
bool keeps_copy(const Account& account);

struct Alias {
    mail::Address name;  ///< the alias itself: user@domain
    std::vector<mail::Address> targets;
    /// owner-NAME beside it, where there is one: the reverse-path of what goes on to the targets (RFC 5321
    /// §3.9.2).
    std::optional<mail::Address> owner = std::nullopt;
};

/// Accepted here, and carried to another server.
struct PassOn {
    std::optional<OtherServer> to = {};  ///< nothing: by the domain's MX, as a backup MX does
    bool verify = false;  ///< that server is to be asked before a recipient is accepted; never without `to`
    bool operator==(const PassOn&) const = default;
};

struct NoSuchUser {};

using Lookup = std::variant<NoSuchUser, Account, Alias, PassOn>;

class Accounts {
public:
    virtual ~Accounts() = default;
    /// Is this a domain whose mail is accepted here?
    virtual Result<bool> serves(const mail::Domain& domain) const = 0;
    /// In a served domain: exact account, alias, both without +tag, catch-all (as an Alias with one target),
    /// the server that unknown names are passed on to.
    virtual Result<Lookup> look_up(const mail::Address& address) const = 0;
};

}  // namespace postern::accounts
