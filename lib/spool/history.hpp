// SPDX-License-Identifier: BSD-2-Clause
// What a spool file's envelope and log add up to: each recipient's state, the next try, what is open.
// Pure: records in, state out. The envelope's recipients come first; members of aliases get the next
// indices in the order of their records (postern-spool(5), THE LOG).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mail/dsn_parameters.hpp"
#include "mail/envelope.hpp"
#include "spool/record.hpp"

namespace postern::spool {

struct RecipientHistory {
    enum class State {
        open,  ///< to be tried (again)
        delivered,
        failed,       ///< for good, sender not yet told
        reported,     ///< failed, and a bounce child tells so (or none is wanted)
        expanded,     ///< its members have taken its place
        handed_over,  ///< a child carries it on
    };
    mail::Address address;
    std::optional<std::size_t> member_of = std::nullopt;
    State state = State::open;
    unsigned tries = 0;                          ///< deferred outcomes so far
    std::optional<Instant> next = std::nullopt;  ///< not before; nothing = at once
    /// Newest deferred or failed outcome, or the delivered one that its sender is to be told; without
    /// `recipients`.
    std::optional<Outcome> last = std::nullopt;
    bool is_warned = false;        ///< its sender was told that it is late
    bool owes_success = false;     ///< its sender asked to be told that it was delivered, and was not yet
    std::size_t reverse_path = 0;  ///< which of the message's: ask History::reverse_path_of
    std::string notify = {};       ///< what its sender asks of reports (RFC 3461 §4.1); "" = not said
};

class History {
public:
    explicit History(const mail::Envelope& envelope);
    void apply(const Record& record);

    const std::vector<RecipientHistory>& recipients() const { return recipients_; }
    RecipientSet in_state(RecipientHistory::State state) const;
    RecipientSet open() const { return in_state(RecipientHistory::State::open); }
    /// The open ones that may be tried now: their next try is not in the future.
    RecipientSet ready(Instant now) const;
    bool is_finished() const;  ///< nobody is open or failed, and no sender is to be told of a success
    /// Those of whose success their senders are to be told.
    RecipientSet owing_success() const;
    /// May what the sender said of the recipient be said of this one, who stands in its place? Not of those
    /// whom the owner of a list sends to (RFC 3461 §5.2.7).
    bool has_own_parameters(std::size_t index) const { return recipients_[index].reverse_path == 0; }
    /// Follows members up to the recipient that stands in the envelope.
    std::size_t envelope_index(std::size_t index) const;
    /// Whoever sends or delivers to this recipient, or reports on it, does so under this reverse-path: the
    /// envelope's, or the owner's of the list that it is a member of (RFC 5321 §3.9.2).
    const mail::ReversePath& reverse_path_of(std::size_t index) const {
        return reverse_paths_[recipients_[index].reverse_path];
    }
    /// The alias or account in whose place this recipient stands; null when it stands for itself. What goes
    /// on to another host bears it in Delivered-To:.
    const mail::Address* on_behalf_of(std::size_t index) const;
    /// The same recipients, one set for each reverse-path, by the first recipient of each.
    std::vector<RecipientSet> by_reverse_path(const RecipientSet& recipients) const;
    /// One set for each reverse-path and name on whose behalf: those who can share a transaction.
    std::vector<RecipientSet> by_transaction(const RecipientSet& recipients) const;
    /// How many Begun stand behind the newest record that ended an attempt (Outcome, Child, Held, Retried,
    /// Left, Released): so many runners died of this message, one after the other, with nothing achieved.
    unsigned unfinished_begins() const { return unfinished_begins_; }
    /// Begun in the whole log: more than the runner's own one means that what it is to deliver may have been
    /// delivered before, whatever was recorded since.
    unsigned begins() const { return begins_; }
    bool is_held() const { return hold_.has_value(); }
    /// Why it is held, and by whom.
    const std::optional<Held>& hold() const { return hold_; }
    bool is_removed() const { return removed_; }
    const std::vector<Child>& children() const { return children_; }
    /// The earliest instant at which an open recipient may be tried; nothing = at once.
    std::optional<Instant> due() const;

private:
    void on(const Begun& begun);
    void on(const Members& members);
    void on(const Expanded& expanded);
    void on(const Outcome& outcome);
    void on(const Child& child);
    void on(const Held& held);
    void on(const Retried& retried);
    void on(const Left& left);
    void on(const Released& released);
    void on(const Removed& removed);
    void note_outcome(RecipientHistory& recipient, const Outcome& outcome);
    void note_warned(const RecipientSet& recipients);
    void note_told(const RecipientSet& recipients);
    bool wants(const RecipientHistory& recipient, mail::ReportOn event) const;
    std::size_t reverse_path_of_members(const Members& members);
    void pass_on_notify(const std::vector<Members>& members);

    std::vector<RecipientHistory> recipients_;
    std::map<std::size_t, mail::Address> on_behalf_of_;  ///< of recipients of the envelope
    std::vector<mail::ReversePath> reverse_paths_;       ///< the envelope's first, none twice
    std::vector<Members> pending_members_;
    std::vector<Child> children_;
    unsigned unfinished_begins_ = 0;
    unsigned begins_ = 0;
    std::optional<Held> hold_;
    bool removed_ = false;
};

}  // namespace postern::spool
