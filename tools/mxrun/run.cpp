// SPDX-License-Identifier: BSD-2-Clause
#include "run.hpp"

#include <memory>
#include <utility>

#include "accounts/file_accounts.hpp"
#include "config/check.hpp"
#include "confinements.hpp"
#include "dns/unbound_resolver.hpp"
#include "dns/zone_resolver.hpp"
#include "dry_run.hpp"
#include "relay/asio_transport.hpp"
#include "relay/pass.hpp"
#include "relay/releases.hpp"
#include "sys/process.hpp"
#include "sys/random.hpp"

namespace postern::tools {

namespace {

constexpr const char* kProgram = "mxrun";
constexpr std::size_t kLargestZone = 16 << 20;

Status expect_sound(const config::Config& config) {
    const auto problems = config::check_together(config);
    return problems.empty() ? Status(done) : Error(Fault::configuration, problems.front());
}

Result<std::unique_ptr<dns::Resolver>> make_resolver(const Startup& startup, const std::string& zone_file) {
    if (zone_file.empty()) {
        dns::Options options;
        options.servers = startup.config.relay.dns_servers;
        options.trust_anchor = startup.config.relay.trust_anchor;
        options.told_to_stop = sys::told_to_stop;
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

Result<relay::Selection> selection_of(const MxrunOptions& options) {
    relay::Selection selection;
    for (const auto& domain : options.domains)
        if (!selection.add_domain(domain))
            return Error(Fault::usage, "--domain: '" + domain + "' is no domain");
    for (const auto& id : options.ids)
        if (!selection.add_id(id)) return Error(Fault::usage, "--id: '" + id + "' is no message id");
    return selection;
}

/// That an id is not there is a mistake on the command line; the rest is this machine's.
Error as_pass_error(const Error& error, const relay::Selection& selection) {
    const bool is_missing = error.fault() == Fault::not_found && !selection.ids().empty();
    return {is_missing ? Fault::usage : Fault::temporary, error.what()};
}

PassOutcome make_pass(const Startup& startup, const relay::Selection& selection, dns::Resolver& resolver,
                      const PassTools& with) {
    const auto& config = startup.config;
    runner::Worker worker(with.tools, with.options, kProgram);
    accounts::FileAccounts accounts(with.tools.files, config.accounts);
    sys::SystemRandomness randomness;
    relay::AsioTransport transport;
    relay::ThreadErrands errands(config.relay.concurrency);
    const relay::Parts parts{with.tools, worker, accounts, resolver, randomness, transport, errands};
    const auto released = selection.is_all_that_is_due()
                              ? relay::run_releases(parts, config.relay, with.must_stop)
                              : Status(done);
    auto passed = relay::run_pass(parts, config.relay, with.must_stop, selection);
    if (passed) passed = released;
    const Status status = passed ? verdict(worker) : as_pass_error(passed.error(), selection);
    return {status, worker.met_locked()};
}

Result<Pass> open_pass(const Startup& startup, const MxrunOptions& options) {
    POSTERN_TRY(expect_sound(startup.config));
    POSTERN_ASSIGN(const auto selection, selection_of(options));
    POSTERN_ASSIGN(auto made, make_resolver(startup, options.zone_file));
    const std::shared_ptr<dns::Resolver> resolver = std::move(made);
    return Pass([&startup, selection, resolver](const PassTools& with) {
        return make_pass(startup, selection, *resolver, with);
    });
}

/// Beside everybody else: it takes no place among the runners.
Status only_rehearse(const Startup& startup, const MxrunOptions& options) {
    POSTERN_TRY(expect_sound(startup.config));
    POSTERN_ASSIGN(const auto selection, selection_of(options));
    POSTERN_ASSIGN(const auto resolver, make_resolver(startup, options.zone_file));
    const auto told = dry_run(startup, selection, *resolver);
    return told ? told : Status(as_pass_error(told.error(), selection));
}

int rehearsal(const MxrunOptions& options) {
    const auto startup = start_up(kProgram, options.root, OwnerOf::tree);
    if (!startup) return report(kProgram, startup.error());
    const auto told = only_rehearse(*startup, options);
    return told ? 0 : report(kProgram, told.error());
}

}  // namespace

int mxrun(const MxrunOptions& options) {
    if (options.is_dry_run) return rehearsal(options);
    const auto open = [&](const Startup& startup) { return open_pass(startup, options); };
    return run({kProgram, spool::Lane::relay, open, mxrun_confinement}, options);
}

}  // namespace postern::tools
