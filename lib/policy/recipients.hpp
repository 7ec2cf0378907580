// SPDX-License-Identifier: BSD-2-Clause
// Whom a peer may send to: mailboxes and aliases of served domains, this server's postmaster under each of
// its names (RFC 5321 §4.5.1), and anybody anywhere when the peer may relay. Decides, and changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "accounts/accounts.hpp"
#include "policy/mail_domain.hpp"
#include "policy/options.hpp"
#include "smtp/effect.hpp"

namespace postern::policy {

/// Whether the peer may send to domains that are not served here. Asked for such a recipient only.
using MayRelay = std::function<Result<bool>()>;

/// Whether a mailbox with a quota has room for a message of this many octets, 0 = its size was not said.
using HasRoom = std::function<Result<bool>(const accounts::Mailbox& mailbox, std::uint64_t size)>;

/// Whether the server that a recipient is passed on to takes it. Asked only where a domain wants that.
using AskServer =
    std::function<Result<smtp::Verdict>(const accounts::OtherServer&, const mail::Address& recipient)>;

class Recipients {
public:
    /// `accounts` must outlive it. Without `ask_server`, recipients who would have to be asked for are
    /// trouble.
    Recipients(const accounts::Accounts& accounts, Options options, MayRelay may_relay, HasRoom has_room,
               AskServer ask_server = {}, LookAtDomain look = {});

    /// Yes, with another address where the path was only another name for it, or no. `size`: the message's,
    /// as declared, 0 = not said. An Error is trouble with the userland: temporary for the peer whatever its
    /// kind, its text for the log.
    Result<smtp::RecipientVerdict> judge(const mail::ForwardPath& path, std::uint64_t size) const;

private:
    Result<smtp::RecipientVerdict> judge_bare(std::string_view local_part, std::uint64_t size) const;
    Result<smtp::RecipientVerdict> judge_address(const mail::Address& address, std::uint64_t size) const;
    Result<smtp::RecipientVerdict> judge_mailbox(const mail::Address& address, std::uint64_t size) const;
    Result<smtp::RecipientVerdict> judge_room(const accounts::Lookup& found, std::uint64_t size) const;
    Result<smtp::RecipientVerdict> judge_passed_on(const mail::Address& address,
                                                   const accounts::PassOn& pass_on) const;
    Result<smtp::RecipientVerdict> judge_relaying(const mail::Address& address) const;
    Result<smtp::RecipientVerdict> postmaster() const;
    bool is_own_literal(const mail::Address& address) const;
    bool is_own_name(const mail::Domain& domain) const;

    const accounts::Accounts& accounts_;
    Options options_;
    MayRelay may_relay_;
    HasRoom has_room_;
    AskServer ask_server_;
    LookAtDomain look_;
};

}  // namespace postern::policy
