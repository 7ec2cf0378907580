// SPDX-License-Identifier: BSD-2-Clause
// The quotas of all mailboxes at delivery: what fits, what has to wait, what will never fit; and the flags
// by which sessions know of full mailboxes (accounts/full_mailboxes.hpp).
#pragma once

#include <string>

#include "accounts/full_mailboxes.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "delivery/options.hpp"
#include "delivery/quota.hpp"
#include "sys/file_system.hpp"

namespace postern::delivery {

/// Does a message fit into its mailbox?
enum class Fit {
    yes,
    not_now,  ///< the mailbox is full
    never,    ///< it is larger than the whole quota
};

class Quotas {
public:
    /// `process`: part of names in tmp/, unlike any that another process uses.
    Quotas(sys::FileSystem& files, const Clock& clock, Options options, std::string process);

    /// Of an account with a quota. Not now: the mailbox is flagged.
    Result<Fit> judge(const accounts::Account& account, std::uint64_t octets);
    /// A message came into the mailbox.
    void add(const accounts::Account& account, std::uint64_t octets);
    /// A message came into the mailbox, but perhaps it has been counted already.
    void distrust(const accounts::Account& account);

    /// Looks after the flags: removes that of each mailbox which has room again for what did not fit, or has
    /// no quota any more. Where that cannot be found out, the log says why, and the flag stays.
    Status review(const accounts::Accounts& accounts, Log& log);

private:
    Quota quota_of(const accounts::Account& account);
    Status review(const accounts::Mailbox& mailbox, const accounts::Accounts& accounts);
    Status review(const accounts::Account& account, const accounts::Shortage& shortage);

    sys::FileSystem& files_;
    const Clock& clock_;
    Options options_;
    std::string process_;
    accounts::FullMailboxes full_;
    unsigned names_ = 0;
};

}  // namespace postern::delivery
