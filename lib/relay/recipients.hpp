// SPDX-License-Identifier: BSD-2-Clause
// Who of a message's recipients is to be served by this attempt, and where.
#pragma once

#include <vector>

#include "accounts/accounts.hpp"
#include "relay/goal.hpp"
#include "relay/next_hop.hpp"
#include "relay/options.hpp"
#include "spool/message.hpp"

namespace postern::relay {

/// Recipients of one transaction (History::by_transaction) that are taken to the same place.
struct Consignment {
    Goal goal;
    spool::RecipientSet recipients;
};

struct SortedRecipients {
    spool::RecipientSet local = {};        ///< deliver's
    std::vector<Consignment> remote = {};  ///< by goal
    std::vector<Outcome> undecided = {};   ///< nobody can tell now whether they are local
};

/// Those of `recipients`, who are to be tried now.
SortedRecipients sort_recipients(const spool::History& history, const spool::RecipientSet& recipients,
                                 const accounts::Accounts& accounts, const Options& options);

/// The same for a message that goes to one place as a whole, whoever its recipients are.
SortedRecipients all_to(const Goal& goal, const spool::History& history,
                        const spool::RecipientSet& recipients);

}  // namespace postern::relay
