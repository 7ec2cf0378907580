// SPDX-License-Identifier: BSD-2-Clause
#include "relay/recipients.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>

namespace postern::relay {

namespace {

Result<bool> is_local(const mail::Address& address, accounts::Accounts& accounts) {
    const auto* domain = address.domain();
    return domain == nullptr ? false : accounts.serves(*domain);
}

}  // namespace

SortedRecipients sort_recipients(const spool::History& history, Instant now, accounts::Accounts& accounts) {
    std::map<std::string, spool::RecipientSet> hosts;
    for (const auto index : history.ready(now))
        hosts[history.recipients()[index].address.host_text()].push_back(index);

    SortedRecipients sorted;
    for (auto& [host, set] : hosts) {
        const auto local = is_local(history.recipients()[set.front()].address, accounts);
        if (!local) {
            sorted.undecided.push_back(
                deferred("4.3.0", "nobody can tell whether the domain is served here"));
            sorted.undecided.back().recipients = std::move(set);
        } else if (*local) {
            sorted.local.insert(sorted.local.end(), set.begin(), set.end());
        } else {
            std::ranges::move(history.by_reverse_path(set), std::back_inserter(sorted.by_host));
        }
    }
    return sorted;
}

}  // namespace postern::relay
