// SPDX-License-Identifier: BSD-2-Clause
#include "spool/history.hpp"

#include <algorithm>

namespace postern::spool {

using State = RecipientHistory::State;

namespace {

/// Those with equal keys together, in the order of the first of each.
template <class KeyOf>
std::vector<RecipientSet> in_groups(const RecipientSet& recipients, const KeyOf& key_of) {
    std::map<decltype(key_of(0)), std::size_t> places;
    std::vector<RecipientSet> groups;
    for (const std::size_t i : recipients) {
        const auto [place, is_new] = places.try_emplace(key_of(i), groups.size());
        if (is_new) groups.emplace_back();
        groups[place->second].push_back(i);
    }
    return groups;
}

}  // namespace

History::History(const mail::Envelope& envelope) : reverse_paths_{envelope.reverse_path} {
    recipients_.reserve(envelope.recipients.size());
    for (const mail::Recipient& recipient : envelope.recipients) {
        if (recipient.on_behalf_of) on_behalf_of_.emplace(recipients_.size(), *recipient.on_behalf_of);
        recipients_.push_back(RecipientHistory{recipient.address});
        recipients_.back().next = envelope.release_at;
        recipients_.back().notify = recipient.notify;
    }
}

void History::apply(const Record& record) {
    std::visit([this](const auto& event) { on(event); }, record.event);
}

void History::on(const Begun&) {
    ++unfinished_begins_;
    ++begins_;
    pending_members_.clear();
}

void History::on(const Members& members) { pending_members_.push_back(members); }

std::size_t History::envelope_index(std::size_t index) const {
    while (recipients_[index].member_of) index = *recipients_[index].member_of;
    return index;
}

/// A null reverse-path never hears of a success.
bool History::wants(const RecipientHistory& recipient, mail::ReportOn event) const {
    const bool has_sender = reverse_paths_[recipient.reverse_path].has_value();
    return (has_sender || event != mail::ReportOn::success) && mail::asks_for(recipient.notify, event);
}

void History::note_outcome(RecipientHistory& recipient, const Outcome& outcome) {
    const bool is_delivered = outcome.kind == Outcome::Kind::delivered;
    recipient.next = outcome.next;
    if (is_delivered) {
        recipient.state = State::delivered;
        recipient.owes_success =
            outcome.reach != Outcome::Reach::reporting_host && wants(recipient, mail::ReportOn::success);
    }
    if (!is_delivered || recipient.owes_success) {
        recipient.last = outcome;
        recipient.last->recipients.clear();
    }
    if (outcome.kind == Outcome::Kind::deferred) ++recipient.tries;
    if (outcome.kind != Outcome::Kind::failed) return;
    recipient.state = wants(recipient, mail::ReportOn::failure) ? State::failed : State::reported;
}

void History::on(const Expanded&) {
    std::size_t count = recipients_.size();
    for (const Members& members : pending_members_) count += members.to.size();
    recipients_.reserve(count);
    for (const Members& members : pending_members_) {
        if (members.of >= recipients_.size()) continue;
        recipients_[members.of].state = State::expanded;
        const std::size_t reverse_path = reverse_path_of_members(members);
        for (const mail::Address& member : members.to) {
            recipients_.push_back(RecipientHistory{member, members.of});
            recipients_.back().reverse_path = reverse_path;
        }
    }
    pass_on_notify(pending_members_);
    pending_members_.clear();
}

/// RFC 3461 §5.2.7: a single member of the same reverse-path stands for the alias in everything. Several get
/// all but the wish to hear of success, which the expansion itself fulfils; those of a list's owner, nothing.
void History::pass_on_notify(const std::vector<Members>& members) {
    std::map<std::size_t, std::vector<std::size_t>> members_of;
    for (const Members& some : members) members_of[some.of];
    for (std::size_t i = 0; i < recipients_.size(); ++i)
        if (recipients_[i].member_of && members_of.contains(*recipients_[i].member_of))
            members_of[*recipients_[i].member_of].push_back(i);
    for (const auto& [of, indices] : members_of) {
        if (of >= recipients_.size()) continue;
        RecipientHistory& alias = recipients_[of];
        const bool is_single =
            indices.size() == 1 && recipients_[indices.front()].reverse_path == alias.reverse_path;
        alias.owes_success = !is_single && wants(alias, mail::ReportOn::success);
        for (const std::size_t i : indices)
            if (recipients_[i].reverse_path == alias.reverse_path)
                recipients_[i].notify = is_single ? alias.notify : mail::without_success(alias.notify);
    }
}

/// A null reverse-path is never replaced: what it stands on (a report) is answered by nobody.
std::size_t History::reverse_path_of_members(const Members& members) {
    if (!members.from || !reverse_paths_.front()) return recipients_[members.of].reverse_path;
    const auto known = std::ranges::find(reverse_paths_, members.from);
    const auto index = static_cast<std::size_t>(known - reverse_paths_.begin());
    if (known == reverse_paths_.end()) reverse_paths_.push_back(members.from);
    return index;
}

void History::on(const Outcome& outcome) {
    unfinished_begins_ = 0;
    for (const std::size_t index : outcome.recipients)
        if (index < recipients_.size() && recipients_[index].state == State::open)
            note_outcome(recipients_[index], outcome);
}

void History::on(const Child& child) {
    unfinished_begins_ = 0;
    children_.push_back(child);
    if (child.purpose == kDelayPurpose) return note_warned(child.recipients);
    if (child.purpose == kSuccessPurpose) return note_told(child.recipients);
    const bool reports = child.purpose == kBouncePurpose;
    for (const std::size_t index : child.recipients)
        if (index < recipients_.size() && recipients_[index].state == (reports ? State::failed : State::open))
            recipients_[index].state = reports ? State::reported : State::handed_over;
}

void History::note_warned(const RecipientSet& recipients) {
    for (const std::size_t index : recipients)
        if (index < recipients_.size()) recipients_[index].is_warned = true;
}

void History::note_told(const RecipientSet& recipients) {
    for (const std::size_t index : recipients)
        if (index < recipients_.size()) recipients_[index].owes_success = false;
}

void History::on(const Held& held) {
    unfinished_begins_ = 0;
    hold_ = held;
}

void History::on(const Retried&) {
    unfinished_begins_ = 0;
    hold_.reset();
    for (RecipientHistory& recipient : recipients_) {
        recipient.next.reset();
        if (recipient.state == State::failed) recipient.state = State::open;
    }
}

void History::on(const Left&) { unfinished_begins_ = 0; }

void History::on(const Released&) {
    unfinished_begins_ = 0;
    hold_.reset();
}

void History::on(const Removed&) { removed_ = true; }

RecipientSet History::in_state(State state) const {
    RecipientSet found;
    for (std::size_t i = 0; i < recipients_.size(); ++i)
        if (recipients_[i].state == state) found.push_back(i);
    return found;
}

RecipientSet History::ready(Instant now) const {
    RecipientSet found = open();
    std::erase_if(found, [&](std::size_t i) { return recipients_[i].next && *recipients_[i].next > now; });
    return found;
}

const mail::Address* History::on_behalf_of(std::size_t index) const {
    if (const auto& of = recipients_[index].member_of) return &recipients_[*of].address;
    const auto found = on_behalf_of_.find(index);
    return found == on_behalf_of_.end() ? nullptr : &found->second;
}

std::vector<RecipientSet> History::by_reverse_path(const RecipientSet& recipients) const {
    return in_groups(recipients, [this](std::size_t i) { return recipients_[i].reverse_path; });
}

std::vector<RecipientSet> History::by_transaction(const RecipientSet& recipients) const {
    return in_groups(recipients, [this](std::size_t i) {
        const mail::Address* const name = on_behalf_of(i);
        return std::pair(recipients_[i].reverse_path, name ? name->to_string() : "");
    });
}

bool History::is_finished() const {
    return std::none_of(recipients_.begin(), recipients_.end(), [](const RecipientHistory& recipient) {
        return recipient.state == State::open || recipient.state == State::failed || recipient.owes_success;
    });
}

RecipientSet History::owing_success() const {
    RecipientSet found;
    for (std::size_t i = 0; i < recipients_.size(); ++i)
        if (recipients_[i].owes_success) found.push_back(i);
    return found;
}

std::optional<Instant> History::due() const {
    std::optional<Instant> earliest;
    for (const std::size_t i : open()) {
        if (!recipients_[i].next) return std::nullopt;
        if (!earliest || *recipients_[i].next < *earliest) earliest = recipients_[i].next;
    }
    return earliest;
}

}  // namespace postern::spool
