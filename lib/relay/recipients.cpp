// SPDX-License-Identifier: BSD-2-Clause
#include "relay/recipients.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace postern::relay {

namespace {

class Sorting {
public:
    Sorting(const spool::History& history, const accounts::Accounts& accounts, const Options& options)
        : history_(history), accounts_(accounts), options_(options) {}

    /// Domains that are not served are asked about once, however many recipients they have.
    void place_all(const spool::RecipientSet& of_one_host) {
        const auto first = way_of(of_one_host.front());
        if (first && std::holds_alternative<accounts::Remote>(*first)) {
            for (const auto index : of_one_host) place(index, first);
        } else {
            for (const auto index : of_one_host) place(index, way_of(index));
        }
    }

    SortedRecipients finish() {
        for (auto& [goal, recipients] : consignments_) {
            std::ranges::sort(recipients);  // those of several domains may go to one server
            for (auto& set : history_.by_transaction(recipients))
                sorted_.remote.push_back({goal, std::move(set)});
        }
        std::ranges::sort(undecided_.recipients);
        if (undecided_.recipients.empty()) return std::move(sorted_);
        sorted_.undecided.push_back(std::move(undecided_));
        return std::move(sorted_);
    }

private:
    Result<accounts::Way> way_of(std::size_t index) const {
        return accounts::way_of(accounts_, history_.recipients()[index].address);
    }

    void place(std::size_t index, const Result<accounts::Way>& way) {
        const auto& recipient = history_.recipients()[index];
        if (!way)
            undecided_.recipients.push_back(index);
        else if (std::holds_alternative<accounts::Local>(*way))
            sorted_.local.push_back(index);
        else
            consignments_[goal_of(recipient.address, *way, recipient.tries, options_)].push_back(index);
    }

    const spool::History& history_;
    const accounts::Accounts& accounts_;
    const Options& options_;
    std::map<Goal, spool::RecipientSet> consignments_;
    SortedRecipients sorted_;
    Outcome undecided_ = deferred("4.3.0", "nobody can tell whether the domain is served here");
};

}  // namespace

SortedRecipients sort_recipients(const spool::History& history, const spool::RecipientSet& recipients,
                                 const accounts::Accounts& accounts, const Options& options) {
    std::map<std::string, spool::RecipientSet> hosts;
    for (const auto index : recipients)
        hosts[history.recipients()[index].address.host_text()].push_back(index);

    Sorting sorting(history, accounts, options);
    for (const auto& [host, set] : hosts) sorting.place_all(set);
    return sorting.finish();
}

SortedRecipients all_to(const Goal& goal, const spool::History& history,
                        const spool::RecipientSet& recipients) {
    SortedRecipients sorted;
    for (auto& set : history.by_reverse_path(recipients)) sorted.remote.push_back({goal, std::move(set)});
    return sorted;
}

}  // namespace postern::relay
