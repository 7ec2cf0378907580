// SPDX-License-Identifier: BSD-2-Clause
// What VRFY and EXPN tell, and whom (RFC 5321 §3.5, §7.3). Who may not know hears 252, as if nobody could
// tell; so does everybody for addresses whose mailboxes are elsewhere.
#pragma once

#include <functional>

#include "accounts/accounts.hpp"
#include "policy/options.hpp"
#include "policy/recipients.hpp"
#include "smtp/effect.hpp"

namespace postern::policy {

/// Most members of a list that are told; a longer one is not.
inline constexpr std::size_t kMostTold = 1000;

class Verification {
public:
    /// All outlive it. `is_authenticated`: whether the peer has said, and proved, who he is.
    Verification(const accounts::Accounts& accounts, const Recipients& recipients, Options options,
                 MayRelay may_relay, std::function<bool()> is_authenticated);

    /// An Error is trouble with the userland: temporary for the peer, its text for the log.
    Result<smtp::Reply> answer(const smtp::AskVerify& question) const;

private:
    Result<smtp::Reply> verify(const mail::ForwardPath& path) const;
    Result<smtp::Reply> expand(const mail::ForwardPath& path) const;
    std::optional<mail::Address> address_of(const mail::ForwardPath& path) const;
    Result<accounts::Lookup> look_up(const mail::Address& address) const;

    const accounts::Accounts& accounts_;
    const Recipients& recipients_;
    Options options_;
    MayRelay may_relay_;
    std::function<bool()> is_authenticated_;
};

}  // namespace postern::policy
