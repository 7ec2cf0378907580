// SPDX-License-Identifier: BSD-2-Clause
#include "runner_desk.hpp"

#include <utility>

#include "spool/lane_listing.hpp"
#include "spool/stopped.hpp"
#include "sys/process.hpp"

namespace postern::tools {

namespace {

/// What crashes leave behind in staged/ and incoming/ harms nobody; looking for it at each call would cost
/// more than the call.
constexpr std::chrono::minutes kBetweenSweeps{1};

}  // namespace

Result<bool> is_stopped(const Startup& startup) {
    return spool::is_stopped(*startup.files, startup.config.directories.state);
}

Error as_runner_error(const Error& error) {
    switch (error.fault()) {
        case Fault::configuration:
        case Fault::usage:
        case Fault::permanent: return error;
        default: return {Fault::temporary, error.what()};
    }
}

RunnerDesk::RunnerDesk(const Runner& runner, const RunnerOptions& options, const Startup& startup, Pass pass,
                       runner::Waker& waker)
    : runner_(runner),
      startup_(startup),
      pass_(std::move(pass)),
      layout_(startup.config.directories.spool),
      files_(*startup.files, layout_, waker),
      verbose_(*startup.log, runner.name, *startup.clock),
      log_(options.is_verbose ? static_cast<Log&>(verbose_) : *startup.log) {}

bool RunnerDesk::is_told_to_stop() const { return sys::told_to_stop(); }

/// `smtpctl stop` counts at once, also in the middle of a long pass; so does SIGTERM. What the last message
/// has put into a lane is unlocked now.
bool RunnerDesk::must_stop() {
    files_.wake_runners();
    if (is_told_to_stop()) return true;
    const auto stopped = is_stopped(startup_);
    return stopped && *stopped;
}

bool RunnerDesk::is_time_to_sweep(Instant now) {
    if (last_sweep_ && now >= *last_sweep_ && now - *last_sweep_ < kBetweenSweeps) return false;
    last_sweep_ = now;
    return true;
}

PassOutcome RunnerDesk::make_pass() {
    PassTools tools{
        {files_, layout_, *startup_.clock, log_}, startup_.config.runner, [this] { return must_stop(); }};
    tools.options.sweeps = is_time_to_sweep(startup_.clock->now());
    auto outcome = pass_(tools);
    files_.wake_runners();
    return outcome;
}

runner::PassEnd RunnerDesk::pass() {
    const auto stopped = is_stopped(startup_);
    if (stopped && *stopped) return {};
    const Instant began = startup_.clock->now();
    const PassOutcome outcome = stopped ? make_pass() : PassOutcome{stopped.error()};
    const auto next = spool::next_minute(files_, layout_, runner_.lane, began);
    note(outcome.status);
    return {next ? *next : std::nullopt, outcome.met_locked, !outcome.status || !next};
}

void RunnerDesk::note(const Status& status) {
    const std::string complaint = status ? "" : status.error().what();
    const bool is_new = complaint != std::exchange(last_complaint_, complaint);
    if (status) return;
    if (trouble_) trouble_ = as_runner_error(status.error());
    if (complains_ && is_new) (void)report(runner_.name, status.error());
}

}  // namespace postern::tools
