// SPDX-License-Identifier: BSD-2-Clause
// What deliver and mxrun do alike with each message: claim it, complete what its log says, note that work
// begins, and afterwards settle it: record what became of each recipient, report what failed, then remove
// the file or put it where its next try is due. A pass is
//     sweep();
//     for (file : list_due(…)) if (auto message = *worker.take_up(file, Turn::first)) … settle(…);
//     for (file : worker.shelved()) the same with Turn::last.
// Any Error means that this machine is in trouble: leave the message alone and end with EX_TEMPFAIL.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runner/options.hpp"
#include "runner/reports.hpp"
#include "runner/suspects.hpp"
#include "runner/tools.hpp"
#include "spool/lane_listing.hpp"
#include "spool/message.hpp"

namespace postern::runner {

enum class Turn {
    first,  ///< messages that a runner died of are shelved
    last,   ///< they are tried now, alone
};

enum class Schedule {
    kept,     ///< who is not due waits on
    ignored,  ///< whoever is open may be tried: an administrator wants it
};

class Worker {
public:
    Worker(Tools tools, Options options, std::string name);  ///< name: "deliver" or "mxrun"

    /// First in a pass, unless the options leave it out: what crashed processes have left (runner/sweep.hpp).
    Status sweep();

    /// The message, claimed and with `begun` in its log; its history().ready(now) is to be tried, or, with
    /// the schedule ignored, whom the caller chooses of its history().open(). Nothing when it is somebody
    /// else's, gone, unreadable, damaged (moved to damaged/), not due (filed under its minute), finished,
    /// poisonous (moved to hold/) or shelved.
    Result<std::optional<spool::Message>> take_up(const spool::DueFile& file, Turn turn,
                                                  Schedule schedule = Schedule::kept);
    /// Those that fewest runners died of come first: what was only in hand when another message killed its
    /// runner is served before that one kills again.
    std::vector<spool::DueFile> shelved() const;

    /// In the middle of the work: what became of some recipients, durable when it returns. A deferred outcome
    /// gets its `next` by the retry rules, or becomes `failed` at max_age. Each is logged here, by nobody
    /// else.
    Status record(spool::Message& message, const std::vector<spool::Outcome>& outcomes);

    /// Ends the work. `outcomes` are those not recorded yet: they are appended and synced, unless all
    /// recipients are finished now, when unlinking the file is the record. What failed, and who
    /// is late, is reported (runner/reports.hpp); where nobody can be told, the file goes to hold/ once
    /// nobody is open. A file that still has open recipients goes to `lane`, to the minute of the earliest
    /// next try, or to now/ when one of them has none.
    Status settle(spool::Message message, const std::vector<spool::Outcome>& outcomes, spool::Lane lane);

    /// Copies the content to a child in `lane` that carries these open recipients on, one child for each
    /// reverse-path; they are handed over.
    Status split_off(spool::Message& parent, const spool::RecipientSet& recipients, spool::Lane lane);

    /// Makes the unlinking of finished messages durable, once before mxrun ends: what was relayed is not
    /// relayed again after a power cut. (A mailbox's copy is met again, so deliver need not.)
    Status sync_removals();

    const std::optional<ContentFilter>& filter() const { return options_.filter; }
    /// The content filter that the message has to go through before anything else; null = none.
    const ContentFilter* filter_for(const spool::Message& message) const {
        return goes_to_filter(options_.filter, message.envelope()) ? &*options_.filter : nullptr;
    }

    /// Was something newly put into damaged/ or hold/? (exit status 65)
    bool found_trouble() const { return found_trouble_; }
    /// Was a file left alone because it could not be opened or read? (exit status 75)
    bool left_unreadable() const { return left_unreadable_; }
    /// Was a message skipped because somebody else has it? Then it is worth another look soon.
    bool met_locked() const { return met_locked_; }

private:
    enum class Next { work, nothing };

    Result<std::optional<spool::Message>> claim(const spool::DueFile& file, Turn turn, Schedule schedule);
    Status park_unread(const spool::DueFile& file, unsigned deaths);
    Result<Next> complete_earlier_steps(spool::Message& message);
    std::vector<spool::Record> decided(const spool::Message& message,
                                       const std::vector<spool::Outcome>& outcomes) const;
    Status set_damaged_aside(const spool::DueFile& file, const std::string& reason);
    Result<Next> prepare(spool::Message& message, const spool::DueFile& file, Turn turn, Schedule schedule);
    Result<Next> finish_earlier_work(spool::Message& message, spool::Lane lane, Schedule schedule);
    Status close(spool::Message& message, spool::Lane lane);
    std::string name_in(spool::Lane lane, const spool::Message& message) const;
    Status remove(spool::Message& message);
    Status hold(spool::Message& message, const std::string& reason);
    Status move_to_hold(spool::Message& message, const std::string& reason);

    Tools tools_;
    Options options_;
    std::string name_;
    Reporter reporter_;
    Suspects suspects_;
    spool::Minutes minutes_;
    std::multimap<unsigned, spool::DueFile> shelved_;  ///< by the number of runners that died of them
    std::set<std::string> directories_of_removed_;
    bool found_trouble_ = false;
    bool left_unreadable_ = false;
    bool met_locked_ = false;
};

}  // namespace postern::runner
