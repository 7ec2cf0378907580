// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/outcomes.hpp"

#include <algorithm>

namespace postern::delivery {

namespace endings {

using Kind = spool::Outcome::Kind;

const Ending delivered{Kind::delivered, "2.0.0", ""};
const Ending no_such_user{Kind::failed, "5.1.1", "no such user here"};
const Ending mailbox_disabled{Kind::failed, "5.2.1", "the mailbox is disabled"};
const Ending loop{Kind::failed, "5.4.6",
                  "the message is in a loop: it has come here for the same name before"};
const Ending accounts_in_trouble{Kind::deferred, "4.3.0", "the accounts cannot be read at present"};
const Ending disk_full{Kind::deferred, "4.3.1", "the disk of the mailboxes is full"};
const Ending mailbox_in_trouble{Kind::deferred, "4.3.0", "the mailbox cannot be written at present"};
const Ending mailbox_full{Kind::deferred, "4.2.2", "the mailbox is full"};
const Ending larger_than_mailbox{Kind::failed, "5.2.3", "the message is larger than the mailbox may grow"};

}  // namespace endings

void Outcomes::add(const Ending& ending, const spool::RecipientSet& recipients) {
    const auto is_same = [&](const spool::Outcome& outcome) {
        return outcome.kind == ending.kind && outcome.status == ending.status &&
               outcome.reason == ending.reason;
    };
    auto found = std::find_if(all_.begin(), all_.end(), is_same);
    if (found == all_.end()) {
        all_.push_back({ending.kind, {}, ending.status, ending.reason});
        found = all_.end() - 1;
    }
    found->recipients.insert(found->recipients.end(), recipients.begin(), recipients.end());
}

std::vector<spool::Outcome> Outcomes::all() const {
    std::vector<spool::Outcome> sorted = all_;
    for (auto& outcome : sorted) std::sort(outcome.recipients.begin(), outcome.recipients.end());
    return sorted;
}

bool Outcomes::has_deferred() const {
    return std::any_of(all_.begin(), all_.end(), [](const spool::Outcome& outcome) {
        return outcome.kind == spool::Outcome::Kind::deferred;
    });
}

}  // namespace postern::delivery
