// SPDX-License-Identifier: BSD-2-Clause
// What deliver and mxrun do alike with each message: claim it, complete what its log says, note that work
// begins, and afterwards settle it: report what failed, then remove it or file it for its next try.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "spool/lane_listing.hpp"
#include "spool/message.hpp"

namespace postern::runner {

struct Options {
    std::chrono::milliseconds interval =
        std::chrono::minutes(30);  ///< queue.interval: pause after a deferral
    std::chrono::milliseconds max_age =
        std::chrono::hours(24 * 5);  ///< queue.max_age: then deferred becomes failed
    unsigned max_crashes = 5;        ///< queue.max_crashes: then hold/
    std::string hostname;            ///< reports are from MAILER-DAEMON at this host
    std::string postmaster;          ///< where double bounces would go
};

/// What the runners work with; all outlive the worker.
struct Tools {
    sys::FileSystem& files;
    const spool::Layout& layout;
    const Clock& clock;
    Log& log;
};

class Worker {
public:
    Worker(Tools tools, Options options, std::string name);  ///< name: "deliver" or "mxrun"

    enum class Turn {
        first,  ///< messages that a runner died of are shelved
        last,   ///< they are tried now, alone
    };

    /// The message, claimed and with `begun` in its log. Nothing when it is somebody else's, gone, damaged
    /// (moved to damaged/), not due (filed under its minute), poisonous (moved to hold/) or shelved.
    Result<std::optional<spool::Message>> take_up(const spool::DueFile& file, Turn turn);
    const std::vector<spool::DueFile>& shelved() const { return shelved_; }

    /// Fills in `next` of a deferred outcome by the retry rules, or turns it into `failed` at max_age;
    /// stamps it with the clock. For use before Message::append.
    spool::Record outcome_record(const spool::Message& message, spool::Outcome outcome) const;

    /// Ends work on the message: one bounce child for all that failed (never for a null reverse-path),
    /// then unlinks it when all are finished, or files it: `lane` and the earliest next try.
    Status settle(spool::Message message, spool::Lane lane);

    /// Writes a staged child (bounce or relay part), records it in the parent, moves it into its lane.
    /// Used by deliver for remote recipients that are split off.
    Status split_off(spool::Message& parent, const spool::RecipientSet& recipients, spool::Lane lane);

    /// Was something newly put into damaged/ or hold/? (exit status 65)
    bool found_trouble() const { return found_trouble_; }

private:
    Tools tools_;
    Options options_;
    std::string name_;
    std::vector<spool::DueFile> shelved_;
    bool found_trouble_ = false;
};

/// Before a pass of deliver: removes unlocked files of incoming/ and staged children that nobody named.
Status sweep(Tools tools);

}  // namespace postern::runner
