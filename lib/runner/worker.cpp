// SPDX-License-Identifier: BSD-2-Clause
#include "runner/worker.hpp"

#include "runner/children.hpp"
#include "runner/filing.hpp"
#include "runner/outcome_log.hpp"
#include "runner/retry.hpp"
#include "runner/sweep.hpp"
#include "spool/staged_child.hpp"

namespace postern::runner {

using spool::Durability;
using spool::NotClaimed;

namespace {

std::string last_component(const std::string& path) { return path.substr(path.rfind('/') + 1); }
std::optional<spool::MessageId> id_of(const std::string& name) {
    const auto relay = spool::RelayName::parse(name);
    return relay ? relay->id : spool::MessageId::parse(name);
}
std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

spool::History history_after(const spool::Message& message, const std::vector<spool::Record>& records) {
    spool::History history = message.history();
    for (const spool::Record& record : records) history.apply(record);
    return history;
}

}  // namespace

Worker::Worker(Tools tools, Options options, std::string name)
    : tools_(tools),
      options_(std::move(options)),
      name_(std::move(name)),
      reporter_(tools_, options_),
      suspects_(tools_.files, options_.run_directory, name_) {}

Status Worker::sweep() {
    if (!options_.sweeps) return done;
    POSTERN_ASSIGN(const Found found, runner::sweep(tools_, suspects_));
    if (found == Found::trouble) found_trouble_ = true;
    return done;
}

Result<std::optional<spool::Message>> Worker::take_up(const spool::DueFile& file, Turn turn,
                                                      Schedule schedule) {
    const auto id = id_of(file.name);
    if (!id) return std::optional<spool::Message>();
    if (const unsigned deaths = suspects_.deaths(*id); deaths >= options_.max_crashes) {
        POSTERN_TRY(park_unread(file, deaths));
        return std::optional<spool::Message>();
    } else if (deaths > 0 && turn == Turn::first) {
        shelved_.emplace(deaths, file);
        return std::optional<spool::Message>();
    }
    suspects_.note(*id);
    auto message = claim(file, turn, schedule);
    suspects_.forget();
    if (message && *message) suspects_.acquit(*id);  // from here on its own log tells
    return message;
}

std::vector<spool::DueFile> Worker::shelved() const {
    std::vector<spool::DueFile> files;
    for (const auto& [deaths, file] : shelved_) files.push_back(file);
    return files;
}

/// Reading it kills: it is locked and renamed, and nothing of it read.
Status Worker::park_unread(const spool::DueFile& file, unsigned deaths) {
    POSTERN_ASSIGN(const auto locked, spool::lock_file(tools_.files, file.path()));
    if (!std::holds_alternative<spool::LockedFile>(locked)) return done;
    POSTERN_TRY(tools_.files.rename_new(file.path(), tools_.layout.hold() + "/" + file.name));
    found_trouble_ = true;
    const auto id = *id_of(file.name);
    suspects_.acquit(id);
    suspects_.accuse(id);  // one stays, so that no sweep reads it
    tools_.log.write(Severity::err, "held",
                     {{"id", id.text()}, {"reason", std::to_string(deaths) + " runners died of reading it"}});
    return done;
}

Result<std::optional<spool::Message>> Worker::claim(const spool::DueFile& file, Turn turn,
                                                    Schedule schedule) {
    using Taken = std::optional<spool::Message>;
    auto claimed = spool::Message::claim(tools_.files, file.path());
    if (!claimed) {  // this file is in trouble; the others need not be
        left_unreadable_ = true;
        tools_.log.write(Severity::err, "unreadable",
                         {{"path", file.path()}, {"reason", claimed.error().what()}});
        return Taken();
    }
    if (const auto* why = std::get_if<NotClaimed>(&*claimed)) {
        if (why->why == NotClaimed::Why::locked) met_locked_ = true;
        if (why->why == NotClaimed::Why::damaged) POSTERN_TRY(set_damaged_aside(file, why->what));
        return Taken();
    }
    auto& message = std::get<spool::Message>(*claimed);
    POSTERN_ASSIGN(const Next next, prepare(message, file, turn, schedule));
    return next == Next::work ? Taken(std::move(message)) : Taken();
}

Status Worker::set_damaged_aside(const spool::DueFile& file, const std::string& reason) {
    POSTERN_ASSIGN(const bool is_moved, spool::put_aside(tools_.files, file.path(), tools_.layout.damaged()));
    if (!is_moved) return done;
    found_trouble_ = true;
    tools_.log.write(Severity::err, "damaged", {{"path", file.path()}, {"reason", reason}});
    return done;
}

/// What a dead runner's log calls for is done; what it does not name is undone.
Result<Worker::Next> Worker::complete_earlier_steps(spool::Message& message) {
    const spool::History& history = message.history();
    for (const spool::Child& child : history.children()) {
        POSTERN_ASSIGN(const Found found, file_staged(tools_, child.id));
        if (found == Found::trouble) found_trouble_ = true;
    }
    if (history.begins() > 0) {
        POSTERN_ASSIGN(const bool is_free,
                       spool::remove_unnamed_children(tools_.files, tools_.layout, message));
        if (!is_free) {
            met_locked_ = true;
            return Next::nothing;
        }
    }
    if (history.is_removed()) {
        POSTERN_TRY(remove(message));
        return Next::nothing;
    }
    if (!history.is_held()) return Next::work;
    POSTERN_TRY(move_to_hold(message, history.hold()->reason));
    return Next::nothing;
}

/// What the log says comes first; then whether it is this message's turn.
Result<Worker::Next> Worker::prepare(spool::Message& message, const spool::DueFile& file, Turn turn,
                                     Schedule schedule) {
    const auto lane = tools_.layout.lane_of(file.directory).value_or(spool::Lane::received);
    const spool::History& history = message.history();
    POSTERN_ASSIGN(const Next next, complete_earlier_steps(message));
    if (next == Next::nothing) return next;
    if (history.unfinished_begins() >= options_.max_crashes) {
        const std::string crashes = std::to_string(history.unfinished_begins());
        POSTERN_TRY(hold(message, crashes + " runners died of it, one after the other"));
        return Next::nothing;
    }
    if (history.unfinished_begins() > 0 && turn == Turn::first) {
        shelved_.emplace(history.unfinished_begins(), file);
        return Next::nothing;
    }
    POSTERN_TRY(message.append({tools_.clock.now(), spool::Begun{name_}}, Durability::not_synced));
    suspects_.forget();
    return finish_earlier_work(message, lane, schedule);
}

/// A crash may have come between a record and the step that it calls for.
Result<Worker::Next> Worker::finish_earlier_work(spool::Message& message, spool::Lane lane,
                                                 Schedule schedule) {
    const auto& history = message.history();
    const bool is_kept = schedule == Schedule::kept;
    if ((is_kept ? history.ready(tools_.clock.now()) : history.open()).empty()) {
        POSTERN_TRY(close(message, lane));
        return Next::nothing;
    }
    POSTERN_TRY(reporter_.report_failures(message));
    POSTERN_TRY(reporter_.report_successes(message));
    return Next::work;
}

std::vector<spool::Record> Worker::decided(const spool::Message& message,
                                           const std::vector<spool::Outcome>& outcomes) const {
    const Instant now = tools_.clock.now();
    std::vector<spool::Record> records;
    for (const spool::Outcome& outcome : outcomes) {
        if (outcome.recipients.empty()) continue;
        const TriedMessage tried{message.id(), message.envelope().first_try(), message.history()};
        for (spool::Outcome& final : decide(outcome, tried, options_, now)) {
            log_outcome(tools_.log, message, final);
            records.push_back({now, std::move(final)});
        }
    }
    return records;
}

Status Worker::record(spool::Message& message, const std::vector<spool::Outcome>& outcomes) {
    const auto records = decided(message, outcomes);
    return records.empty() ? Status(done) : message.append(records, Durability::synced);
}

Status Worker::settle(spool::Message message, const std::vector<spool::Outcome>& outcomes, spool::Lane lane) {
    const auto records = decided(message, outcomes);
    const bool is_finished = history_after(message, records).is_finished();
    const Status removed = is_finished ? remove(message) : Status(done);
    if (is_finished && removed) return done;
    // A file that cannot be unlinked has to say itself what must not be done again.
    if (!records.empty()) POSTERN_TRY(message.append(records, Durability::synced));
    return is_finished ? removed : close(message, lane);
}

/// Everything is recorded: reports what failed or is late, then removes, holds or files the message.
Status Worker::close(spool::Message& message, spool::Lane lane) {
    POSTERN_TRY(reporter_.report_failures(message));
    POSTERN_TRY(reporter_.report_successes(message));
    if (message.history().is_finished()) return remove(message);
    if (message.history().open().empty()) return hold(message, "it failed, and there is nobody to be told");
    POSTERN_TRY(reporter_.warn_of_delay(message));
    return file_by_history(tools_.layout, message, lane, name_in(lane, message), tools_.clock.now(),
                           minutes_);
}

/// What goes to the filter does not wait in the line of its own host, nor the host's mail in the filter's.
std::string Worker::name_in(spool::Lane lane, const spool::Message& message) const {
    if (lane != spool::Lane::relay || filter_for(message) == nullptr) return runner::name_in(lane, message);
    const int priority = spool::priority_in_name(last_component(message.path()));
    return spool::RelayName{priority, message.id(), std::string(spool::kToFilter)}.to_string();
}

Status Worker::remove(spool::Message& message) {
    POSTERN_TRY(message.remove());
    directories_of_removed_.insert(directory_of(message.path()));
    return done;
}

Status Worker::sync_removals() {
    for (const std::string& directory : directories_of_removed_) {
        const Status synced = sys::sync_directory(tools_.files, directory);
        if (!synced && !synced.failed_with(Fault::not_found)) return synced;  // an empty minute goes
    }
    directories_of_removed_.clear();
    return done;
}

Status Worker::hold(spool::Message& message, const std::string& reason) {
    POSTERN_TRY(message.append({tools_.clock.now(), spool::Held{reason}}, Durability::synced));
    return move_to_hold(message, reason);
}

Status Worker::move_to_hold(spool::Message& message, const std::string& reason) {
    POSTERN_TRY(message.move_to(tools_.layout.hold(), last_component(message.path())));
    found_trouble_ = true;
    tools_.log.write(Severity::err, "held", {{"id", message.id().text()}, {"reason", reason}});
    return done;
}

Status Worker::split_off(spool::Message& parent, const spool::RecipientSet& recipients, spool::Lane lane) {
    return hand_over(tools_, parent, recipients, lane);
}

}  // namespace postern::runner
