// SPDX-License-Identifier: BSD-2-Clause
#include "runner_process.hpp"

#include <utility>

#include <unistd.h>

#include "config/load.hpp"
#include "confinements.hpp"
#include "runner/crew.hpp"
#include "runner_desk.hpp"
#include "settings_in_use.hpp"
#include "sys/fd_stream.hpp"
#include "sys/posix_files.hpp"
#include "sys/process.hpp"

namespace postern::tools {

namespace {

constexpr std::chrono::milliseconds kWaitForPlace{100};

const std::string& run_directory(const Startup& startup) { return startup.config.directories.run; }

runner::PipeWaker waker_of(const Startup& startup, std::string itself = {}) {
    return {run_directory(startup), startup.config.runner.runners, std::move(itself)};
}

/// After the place is taken: nobody else has this pipe open then.
Result<runner::PipeBell> hang_bell(const Startup& startup, const std::string& name,
                                   const sys::WakeSignal& signal) {
    const std::string pipes = runner::pipes_directory(run_directory(startup));
    POSTERN_ASSIGN(auto pipe, sys::Fifo::open(pipes + "/" + name));
    return runner::PipeBell(std::move(pipe), signal);
}

// --- one pass ----------------------------------------------------------------------------------------------

Status work_once(const Runner& runner, const RunnerOptions& options, const Startup& startup,
                 const sys::WakeSignal& signal) {
    POSTERN_ASSIGN(auto pass, runner.open(startup));
    POSTERN_ASSIGN(const bool stopped, is_stopped(startup));
    if (stopped) return done;
    POSTERN_TRY(runner::make_run_directory(*startup.files, run_directory(startup)));
    auto everybody = waker_of(startup);
    POSTERN_ASSIGN(auto slot, runner::take_slot(*startup.files, run_directory(startup), runner.lane,
                                                startup.config.runner.runners, everybody));
    if (!slot) return done;
    auto others = waker_of(startup, slot->name());  // what a pass makes for its own lane is for the next one
    POSTERN_ASSIGN(auto bell, hang_bell(startup, slot->name(), signal));
    POSTERN_TRY(confine(runner.confinement(startup.config), options.sandbox, *startup.log));
    RunnerDesk desk(runner, options, startup, std::move(pass), others);
    POSTERN_TRY(runner::run_once(
        bell, *slot, [&] { return !desk.is_told_to_stop(); }, [&] { return desk.pass(); }));
    return desk.trouble();
}

// --- a worker of a watcher ---------------------------------------------------------------------------------

/// A pass without --watch may have the place: it is short.
Result<std::optional<runner::Slot>> wait_for_slot(const Startup& startup, const std::string& name) {
    for (;;) {
        POSTERN_ASSIGN(auto slot, runner::Slot::take(*startup.files, run_directory(startup), name));
        if (slot || sys::told_to_stop()) return slot;
        (void)sys::wait_for_any_input({}, std::chrono::steady_clock::now() + kWaitForPlace);
    }
}

/// Until it is told to stop, or the settings are others: then the next worker begins with those.
Status work_and_sleep(const Runner& runner, const RunnerOptions& options, const Startup& startup,
                      const std::string& name, const sys::WakeSignal& signal, SettingsInUse settings) {
    POSTERN_ASSIGN(auto pass, runner.open(startup));
    POSTERN_TRY(runner::make_run_directory(*startup.files, run_directory(startup)));
    auto everybody = waker_of(startup);
    POSTERN_ASSIGN(const auto slot, wait_for_slot(startup, name));
    if (!slot) return done;
    POSTERN_ASSIGN(auto bell, hang_bell(startup, name, signal));
    POSTERN_TRY(settings.begin_asking());
    const auto confinement = runner.confinement(startup.config);
    settings.keep_to(confinement.paths);
    POSTERN_TRY(confine(confinement, options.sandbox, *startup.log));
    RunnerDesk desk(runner, options, startup, std::move(pass), everybody);
    desk.complain_at_once();
    runner::watch({bell, *startup.clock, startup.config.runner.scan,
                   [&] { return !desk.is_told_to_stop() && !settings.are_outdated(*startup.log); },
                   [&] { return desk.pass(); }});
    return done;
}

int be_worker(const Runner& runner, const RunnerOptions& options, const std::string& name,
              const sys::WakeSignal& signal) {
    sys::PosixFiles files;
    const auto root = find_root(options.root);
    if (!root) return report(runner.name, root.error());
    SettingsInUse settings(files, *root);
    const auto startup = start_up(runner.name, options.root, OwnerOf::tree);
    if (!startup) return report(runner.name, startup.error());
    const auto worked = work_and_sleep(runner, options, *startup, name, signal, std::move(settings));
    return worked ? 0 : report(runner.name, as_runner_error(worked.error()));
}

// --- the watcher -------------------------------------------------------------------------------------------

/// As many as the settings say now; with broken ones as many as before.
class Workers {
public:
    Workers(const Runner& runner, const Startup& startup)
        : runner_(runner), files_(*startup.files), config_(startup.config) {}

    unsigned count() {
        if (auto config = config::load(files_, config_.directories.root)) config_ = *std::move(config);
        return static_cast<unsigned>(names().size());
    }
    std::string name(unsigned place) const { return names().at(place); }
    void wake() const {
        runner::PipeWaker(config_.directories.run, config_.runner.runners).wake(runner_.lane);
    }

private:
    std::vector<std::string> names() const {
        return runner::names_of_runners(runner_.lane, config_.runner.runners);
    }

    const Runner& runner_;
    sys::FileSystem& files_;
    config::Config config_;
};

Status keep_workers(const Runner& runner, const RunnerOptions& options, const Startup& startup,
                    const sys::WakeSignal& signal) {
    POSTERN_TRY(runner.open(startup));  // what cannot work at all is told now, not by each worker
    POSTERN_TRY(runner::make_run_directory(*startup.files, run_directory(startup)));
    Workers workers(runner, startup);
    POSTERN_ASSIGN(auto only,
                   runner::Slot::take(*startup.files, run_directory(startup), runner.name + ".watch"));
    if (!only) {
        workers.wake();
        return done;
    }
    POSTERN_ASSIGN(auto children, sys::Children::begin());
    const auto work = [&, parent = getpid()](unsigned place) {
        only->leave();
        sys::end_with_parent(parent);
        return be_worker(runner, options, workers.name(place), signal);
    };
    runner::Crew crew(std::move(children), signal, *startup.log,
                      {[&] { return workers.count(); }, work, [&] { workers.wake(); }});
    startup.log->write(Severity::notice, "watching", {});
    crew.run();
    only->leave();  // whoever starts a watcher now shall not take this one for it
    crew.drain();
    startup.log->write(Severity::notice, "stopped", {});
    return done;
}

}  // namespace

int run(const Runner& runner, const RunnerOptions& options) {
    const auto signal = sys::WakeSignal::begin();
    if (!signal) return report(runner.name, signal.error());
    const auto startup = start_up(runner.name, options.root, OwnerOf::tree);
    if (!startup) return report(runner.name, startup.error());
    const auto work = options.is_watching ? keep_workers : work_once;
    const auto worked = work(runner, options, *startup, *signal);
    return worked ? 0 : report(runner.name, as_runner_error(worked.error()));
}

}  // namespace postern::tools
