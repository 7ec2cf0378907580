// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/sorting.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>

namespace postern::delivery {

namespace {

constexpr std::size_t kMembersARecord = 500;

using State = spool::RecipientHistory::State;

/// The addresses that stand in the message for themselves: new members that equal one are left out. What is
/// expanded stands for others, and may be its own member (an account that forwards and keeps).
std::set<std::string> known_addresses(const spool::History& history,
                                      const std::map<std::size_t, accounts::Members>& expansions) {
    std::set<std::string> known;
    const auto& recipients = history.recipients();
    for (std::size_t i = 0; i < recipients.size(); ++i)
        if (recipients[i].state != State::expanded && !expansions.contains(i))
            known.insert(recipients[i].address.to_string());
    return known;
}

/// As records of bounded length, at least one, even if nobody is left to be named.
void add_portions(std::size_t of, const accounts::Members::Group& group, std::vector<spool::Members>& to) {
    auto from = group.to.begin();
    do {
        const auto size = std::min<std::ptrdiff_t>(kMembersARecord, group.to.end() - from);
        to.push_back({of, std::vector(from, from + size), group.owner});
        from += size;
    } while (from != group.to.end());
}

void put(std::size_t recipient, const accounts::Destination& destination, Sorted& into) {
    if (const auto* account = std::get_if<accounts::Account>(&destination))
        into.mailboxes.try_emplace(account->mailbox, Addressed{*account, {}})
            .first->second.recipients.push_back(recipient);
    else if (std::holds_alternative<accounts::Remote>(destination))
        into.remote.push_back(recipient);
    else if (std::holds_alternative<accounts::MailboxDisabled>(destination))
        into.outcomes.add(endings::mailbox_disabled, recipient);
    else
        into.outcomes.add(endings::no_such_user, recipient);
}

spool::RecipientSet indices(std::size_t from, std::size_t to) {
    spool::RecipientSet set(to - from);
    std::iota(set.begin(), set.end(), from);
    return set;
}

}  // namespace

Result<Sorted> Sorter::sort(spool::Message& message) {
    Sorted sorted;
    const auto ready = message.history().ready(clock_.now());
    place_later(message, ready, sorted);
    POSTERN_ASSIGN(const EarlierDeliveries earlier, EarlierDeliveries::read(message));
    for (auto recipients = ready; !recipients.empty();) {
        const std::size_t known = message.history().recipients().size();
        const Expansions expansions = place(message, recipients, earlier, sorted);
        if (!expansions.empty()) POSTERN_TRY(record(message, expansions));
        recipients = indices(known, message.history().recipients().size());
    }
    std::sort(sorted.remote.begin(), sorted.remote.end());
    return sorted;
}

Sorter::Expansions Sorter::place(const spool::Message& message, const spool::RecipientSet& recipients,
                                 const EarlierDeliveries& earlier, Sorted& sorted) {
    Expansions expansions;
    for (const std::size_t i : recipients) {
        const auto& recipient = message.history().recipients()[i];
        const auto standing =
            recipient.member_of ? accounts::Standing::of_expansion : accounts::Standing::of_envelope;
        const auto found = accounts::expand(accounts_, recipient.address, standing);
        if (!found) {
            log_trouble(message, recipient.address, found.error());
            sorted.outcomes.add(endings::accounts_in_trouble, i);
        } else if (earlier.include(recipient.address, *found)) {
            sorted.outcomes.add(endings::loop, i);
        } else if (const auto* members = std::get_if<accounts::Members>(&*found)) {
            expansions.emplace(i, *members);
        } else {
            put(i, *found, sorted);
        }
    }
    return expansions;
}

/// Open recipients whose next try lies ahead: nothing is done for them, but they decide on the file's lane.
void Sorter::place_later(const spool::Message& message, const spool::RecipientSet& ready, Sorted& sorted) {
    spool::RecipientSet later;
    std::ranges::set_difference(message.history().open(), ready, std::back_inserter(later));
    for (const std::size_t i : later) {
        const auto way = accounts::way_of(accounts_, message.history().recipients()[i].address);
        if (way && !std::holds_alternative<accounts::Local>(*way))
            sorted.remote.push_back(i);
        else
            sorted.has_later_local = true;
    }
}

Status Sorter::record(spool::Message& message, const Expansions& expansions) {
    std::vector<spool::Record> records;
    auto known = known_addresses(message.history(), expansions);
    std::vector<spool::Members> portions;
    for (const auto& [of, members] : expansions) {
        for (const auto& group : members.groups) {
            accounts::Members::Group fresh{group.owner};
            for (const auto& member : group.to)
                if (known.insert(member.to_string()).second) fresh.to.push_back(member);
            add_portions(of, fresh, portions);
        }
    }
    for (auto& portion : portions) records.push_back({clock_.now(), std::move(portion)});
    records.push_back({clock_.now(), spool::Expanded{}});
    return message.append(records, spool::Durability::synced);
}

void Sorter::log_trouble(const spool::Message& message, const mail::Address& recipient, const Error& error) {
    log_.write(Severity::err, "trouble",
               {{"id", message.id().text()}, {"to", recipient.to_string()}, {"what", error.what()}});
}

}  // namespace postern::delivery
