// SPDX-License-Identifier: BSD-2-Clause
// The recipients of a message by what is to be done for them. Aliases are expanded on the way: their members
// are recorded, durably, before anything is delivered, and never computed again for this message, so that an
// alias edited between two tries repeats nobody and skips nobody.
#pragma once

#include <map>
#include <vector>

#include "accounts/expansion.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "delivery/earlier_deliveries.hpp"
#include "delivery/outcomes.hpp"
#include "spool/message.hpp"

namespace postern::delivery {

/// An account, and those of the recipients that lead to it.
struct Addressed {
    accounts::Account account;
    spool::RecipientSet recipients;
};

struct Sorted {
    std::map<accounts::Mailbox, Addressed> mailboxes;  ///< one copy for each
    spool::RecipientSet remote;                        ///< open, for other hosts, now or later
    bool has_later_local = false;                      ///< open ones of this server not due yet
    Outcomes outcomes;                                 ///< of those for whom nothing can be done
};

class Sorter {
public:
    Sorter(const accounts::Accounts& accounts, const Clock& clock, Log& log)
        : accounts_(accounts), clock_(clock), log_(log) {}

    /// Fails only when the expansion cannot be recorded. Trouble with accounts is a deferred outcome.
    Result<Sorted> sort(spool::Message& message);

    const accounts::Accounts& accounts() const { return accounts_; }

private:
    using Expansions = std::map<std::size_t, accounts::Members>;

    Expansions place(const spool::Message& message, const spool::RecipientSet& recipients,
                     const EarlierDeliveries& earlier, Sorted& sorted);
    void place_later(const spool::Message& message, const spool::RecipientSet& ready, Sorted& sorted);
    Status record(spool::Message& message, const Expansions& expansions);
    void log_trouble(const spool::Message& message, const mail::Address& recipient, const Error& error);

    const accounts::Accounts& accounts_;
    const Clock& clock_;
    Log& log_;
};

}  // namespace postern::delivery
