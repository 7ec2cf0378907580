// SPDX-License-Identifier: BSD-2-Clause
#include "run.hpp"

#include <unistd.h>

#include "accounts/file_accounts.hpp"
#include "delivery/pass.hpp"
#include "spool/stopped.hpp"
#include "startup.hpp"
#include "sys/confine.hpp"
#include "sys/process.hpp"
#include "sys/random.hpp"
#include "verbose_log.hpp"

namespace postern::tools {

namespace {

constexpr const char* kProgram = "deliver";

Result<bool> is_stopped(const Startup& startup) {
    return spool::is_stopped(*startup.files, startup.config.directories.state);
}

/// `smtpctl stop` counts at once, also in the middle of a long pass; so does SIGTERM.
bool must_stop(const Startup& startup) {
    if (sys::told_to_stop()) return true;
    const auto stopped = is_stopped(startup);
    return stopped && *stopped;
}

delivery::PassReport make_pass(const Startup& startup, Log& log) {
    const auto& config = startup.config;
    const spool::Layout layout(config.directories.spool);
    const runner::Tools tools{*startup.files, layout, *startup.clock, log};
    sys::SystemRandomness randomness;
    const accounts::FileAccounts accounts(*startup.files, config.accounts);
    delivery::Maildir maildir({*startup.files, randomness, *startup.clock}, config.delivery.mail_directory,
                              std::to_string(getpid()));
    runner::Worker worker(tools, config.runner, kProgram);
    delivery::Postman postman(worker, {accounts, *startup.clock, log}, maildir, log);
    return delivery::Pass(tools, worker, postman, [&] { return must_stop(startup); }).run();
}

int conclude(const delivery::PassReport& pass) {
    if (!pass.trouble) return report(kProgram, Error(Fault::temporary, pass.trouble.error().what()));
    if (!pass.found_trouble) return 0;
    return report(kProgram, Error(Fault::permanent, "mail was put into hold/ or damaged/; the log says why"));
}

}  // namespace

int deliver(const DeliverOptions& options) {
    const auto startup = start_up(kProgram, options.root, OwnerOf::tree);
    if (!startup) return report(kProgram, startup.error());
    const auto stopped = is_stopped(*startup);
    if (!stopped) return report(kProgram, stopped.error());
    if (*stopped) return 0;
    if (const Status confined = sys::confine(); !confined) return report(kProgram, confined.error());
    VerboseLog verbose(*startup->log, kProgram, *startup->clock);
    return conclude(make_pass(*startup, options.is_verbose ? static_cast<Log&>(verbose) : *startup->log));
}

}  // namespace postern::tools
