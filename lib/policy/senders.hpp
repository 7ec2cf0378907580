// SPDX-License-Identifier: BSD-2-Clause
// Whether a client may begin a transaction. From everybody who may at all, any reverse-path is taken, the
// null one always (RFC 5321 §4.5.5), unless the service holds its users to addresses of their own.
#pragma once

#include <cstdint>
#include <functional>

#include "accounts/accounts.hpp"
#include "policy/client.hpp"
#include "policy/mail_domain.hpp"
#include "smtp/effect.hpp"
#include "smtp/service_rules.hpp"

namespace postern::policy {

/// `free_space`: octets left where the spool is, of which `reserve` are for no session. Too few for the
/// declared size (RFC 1870 §6.1): 452.
smtp::Verdict judge_sender(const smtp::AskSender& question, std::uint64_t free_space, std::uint64_t reserve);

/// Is the address this account's: its own name, with any +tag, or an alias that leads to it alone?
Result<bool> is_own_address(const accounts::Accounts& accounts, const mail::Address& user,
                            const mail::Address& address);

/// What `may_send_as` of the user's account says.
Result<bool> is_lent_address(const accounts::Accounts& accounts, const mail::Address& user,
                             const mail::Address& address);

class Senders {
public:
    /// `may_relay`: does the client stand in relay-hosts? All outlives it.
    Senders(const accounts::Accounts& accounts, const smtp::ServiceRules& rules, const Client& client,
            std::function<Result<bool>()> may_relay, LookAtDomain look = {})
        : accounts_(accounts),
          rules_(rules),
          client_(client),
          may_relay_(std::move(may_relay)),
          look_(std::move(look)) {}

    /// An Error is trouble with the userland: temporary for the client, its text for the log.
    Result<smtp::Verdict> judge(const mail::ReversePath& reverse_path) const;

private:
    Result<smtp::Verdict> judge_user(const mail::ReversePath& reverse_path) const;
    Result<smtp::Verdict> judge_domain(const mail::ReversePath& reverse_path) const;

    const accounts::Accounts& accounts_;
    const smtp::ServiceRules& rules_;
    const Client& client_;
    std::function<Result<bool>()> may_relay_;
    LookAtDomain look_;
};

}  // namespace postern::policy
