// SPDX-License-Identifier: BSD-2-Clause
// Who of a message's recipients is to be served by this attempt, and where.
#pragma once

#include <vector>

#include "accounts/accounts.hpp"
#include "relay/next_hop.hpp"
#include "spool/message.hpp"

namespace postern::relay {

struct SortedRecipients {
    spool::RecipientSet local = {};  ///< their domain is served here: deliver's
    /// A set for each transaction: of one remote domain or address literal, and one reverse-path.
    std::vector<spool::RecipientSet> by_host = {};
    std::vector<Outcome> undecided = {};  ///< nobody can tell now whether they are local
};

SortedRecipients sort_recipients(const spool::History& history, Instant now, accounts::Accounts& accounts);

}  // namespace postern::relay
