// SPDX-License-Identifier: BSD-2-Clause
// What became of a message's recipients in one attempt: recipients that met the same share a record.
#pragma once

#include <string>
#include <vector>

#include "spool/record.hpp"

namespace postern::delivery {

/// One way an attempt can end, in the words that the sender may read in a report.
struct Ending {
    spool::Outcome::Kind kind;
    std::string status;  ///< RFC 3463
    std::string reason;
};

namespace endings {
extern const Ending delivered;
extern const Ending no_such_user;
extern const Ending mailbox_disabled;
extern const Ending loop;
extern const Ending accounts_in_trouble;
extern const Ending disk_full;
extern const Ending mailbox_in_trouble;
extern const Ending mailbox_full;
extern const Ending larger_than_mailbox;
}  // namespace endings

class Outcomes {
public:
    void add(const Ending& ending, const spool::RecipientSet& recipients);
    void add(const Ending& ending, std::size_t recipient) { add(ending, spool::RecipientSet{recipient}); }

    /// One for each ending, recipients ascending.
    std::vector<spool::Outcome> all() const;
    bool has_deferred() const;

private:
    std::vector<spool::Outcome> all_;
};

}  // namespace postern::delivery
