// SPDX-License-Identifier: BSD-2-Clause
#include "run.hpp"

#include <memory>
#include <utility>

#include "accounts/file_accounts.hpp"
#include "config/check.hpp"
#include "dns/unbound_resolver.hpp"
#include "dns/zone_resolver.hpp"
#include "relay/asio_transport.hpp"
#include "relay/pass.hpp"
#include "single_run.hpp"
#include "spool/stopped.hpp"
#include "startup.hpp"
#include "sys/confine.hpp"
#include "sys/process.hpp"
#include "sys/random.hpp"
#include "verbose_log.hpp"

namespace postern::tools {

namespace {

constexpr const char* kProgram = "mxrun";
constexpr std::size_t kLargestZone = 16 << 20;

Result<bool> is_stopped(const Startup& startup) {
    return spool::is_stopped(*startup.files, startup.config.directories.state);
}

/// `smtpctl stop` counts at once, also in the middle of a long pass; so does SIGTERM.
bool must_stop(const Startup& startup) {
    if (sys::told_to_stop()) return true;
    const auto stopped = is_stopped(startup);
    return stopped && *stopped;
}

Status expect_sound(const config::Config& config) {
    const auto problems = config::check_together(config);
    return problems.empty() ? Status(done) : Error(Fault::configuration, problems.front());
}

Result<std::unique_ptr<dns::Resolver>> make_resolver(const Startup& startup, const std::string& zone_file) {
    if (zone_file.empty()) {
        dns::Options options;
        options.servers = startup.config.relay.dns_servers;
        return std::unique_ptr<dns::Resolver>(std::make_unique<dns::UnboundResolver>(std::move(options)));
    }
    const auto text = sys::read_whole_file(*startup.files, zone_file, kLargestZone);
    if (!text) return Error(Fault::configuration, text.error().what());
    POSTERN_ASSIGN(auto zone, dns::parse_zone_file(*text, zone_file));
    return std::unique_ptr<dns::Resolver>(std::make_unique<dns::ZoneResolver>(std::move(zone)));
}

/// The exit status of a pass that came to its end (mxrun(8), EXIT STATUS).
Status verdict(const runner::Worker& worker) {
    if (worker.left_unreadable())
        return Error(Fault::temporary, "a message could not be read; the log says which");
    if (worker.found_trouble())
        return Error(Fault::permanent, "mail was put into hold/ or damaged/; the log says why");
    return done;
}

Status make_pass(const Startup& startup, dns::Resolver& resolver, Log& log) {
    const auto& config = startup.config;
    const spool::Layout layout(config.directories.spool);
    const runner::Tools tools{*startup.files, layout, *startup.clock, log};
    runner::Worker worker(tools, config.runner, kProgram);
    accounts::FileAccounts accounts(*startup.files, config.accounts);
    sys::SystemRandomness randomness;
    relay::AsioTransport transport;
    relay::ThreadErrands errands(config.relay.concurrency);
    const relay::Parts parts{tools, worker, accounts, resolver, randomness, transport, errands};
    const auto passed = relay::run_pass(parts, config.relay, [&] { return must_stop(startup); });
    if (!passed) return Error(Fault::temporary, passed.error().what());
    return verdict(worker);
}

/// A runner knows trouble of this machine and wrong configuration, nothing else (mxrun(8), EXIT STATUS).
Error as_runner_error(const Error& error) {
    switch (error.fault()) {
        case Fault::configuration:
        case Fault::permanent: return error;
        default: return {Fault::temporary, error.what()};
    }
}

Status work(const Startup& startup, const MxrunOptions& options) {
    POSTERN_TRY(expect_sound(startup.config));
    POSTERN_ASSIGN(const bool stopped, is_stopped(startup));
    if (stopped) return done;
    POSTERN_ASSIGN(const auto only, be_the_only_one(*startup.files, startup.config.directories.run));
    if (!only) return done;
    POSTERN_ASSIGN(const auto resolver, make_resolver(startup, options.zone_file));
    POSTERN_TRY(sys::confine());
    VerboseLog verbose(*startup.log, kProgram, *startup.clock);
    return make_pass(startup, *resolver, options.is_verbose ? static_cast<Log&>(verbose) : *startup.log);
}

}  // namespace

int mxrun(const MxrunOptions& options) {
    const auto startup = start_up(kProgram, options.root, OwnerOf::tree);
    if (!startup) return report(kProgram, startup.error());
    const auto worked = work(*startup, options);
    return worked ? 0 : report(kProgram, as_runner_error(worked.error()));
}

}  // namespace postern::tools
