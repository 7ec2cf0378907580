// SPDX-License-Identifier: BSD-2-Clause
#include "run.hpp"

#include <memory>
#include <string_view>

#include <unistd.h>

#include "accounts/file_accounts.hpp"
#include "confinements.hpp"
#include "delivery/pass.hpp"
#include "dns/unbound_resolver.hpp"
#include "policy/bans.hpp"
#include "sys/command_helper.hpp"
#include "sys/posix_files.hpp"
#include "sys/random.hpp"

namespace postern::tools {

namespace {

constexpr const char* kProgram = "deliver";

Status verdict(const delivery::PassReport& pass) {
    if (!pass.trouble) return Error(Fault::temporary, pass.trouble.error().what());
    if (!pass.found_trouble) return done;
    return Error(Fault::permanent, "mail was put into hold/ or damaged/; the log says why");
}

/// Bans that are over mean nothing, but who is banned seldom comes again, and they would pile up.
void tidy_bans(const Startup& startup, const PassTools& with) {
    if (!with.options.sweeps) return;
    const auto& [files, layout, clock, log] = with.tools;
    const auto directory = policy::Bans::directory_in(startup.config.directories.state);
    if (const Status tidied = policy::Bans(files, directory).tidy(clock.now()); !tidied)
        log.write(Severity::warning, "not_swept", {{"reason", tidied.error().what()}});
}

PassOutcome make_pass(const Startup& startup, sys::CommandRunner& programs, const PassTools& with) {
    const auto& config = startup.config;
    const auto& tools = with.tools;
    tidy_bans(startup, with);
    sys::SystemRandomness randomness;
    const accounts::FileAccounts accounts(tools.files, config.accounts);
    delivery::Maildir maildir({tools.files, randomness, tools.clock}, config.delivery,
                              std::to_string(getpid()));
    runner::Worker worker(tools, with.options, kProgram);
    dns::UnboundResolver resolver({.servers = config.relay.dns_servers});
    delivery::SocketDialer dialer(resolver);
    delivery::Lmtp lmtp(dialer, config.server.hostname, tools.log);
    delivery::CommandDelivery commands(programs, tools.files, config.delivery, tools.log);
    delivery::OtherWays other_ways(worker, lmtp, commands, tools.log);
    delivery::Postman postman(worker, {accounts, tools.clock, tools.log}, maildir, other_ways, tools.log);
    const auto report = delivery::Pass(tools, worker, postman, with.must_stop).run();
    lmtp.hang_up();
    return {verdict(report), worker.met_locked()};
}

std::string value_of(const std::vector<std::string>& environment, std::string_view name) {
    for (const auto& variable : environment)
        if (variable.starts_with(name)) return variable.substr(name.size());
    return {};
}

/// In the helper that runs commands: does the account that this one is for name it?
bool names_command(const config::Config& config, const sys::Command& command) {
    sys::PosixFiles files;
    const accounts::FileAccounts accounts(files, config.accounts);
    const auto address = mail::Address::parse(value_of(command.environment, "USER=") + "@" +
                                              value_of(command.environment, "DOMAIN="));
    if (!address) return false;
    const auto found = accounts.look_up(*address);
    const auto* account = found ? std::get_if<accounts::Account>(&*found) : nullptr;
    return account != nullptr && delivery::is_command_of(command, *account, config.delivery);
}

Result<Pass> open_pass(const Startup& startup) {
    POSTERN_ASSIGN(auto started, sys::CommandHelper::start([&startup](const sys::Command& command) {
                       return names_command(startup.config, command);
                   }));
    const auto programs = std::make_shared<sys::CommandHelper>(std::move(started));
    return Pass([&startup, programs](const PassTools& with) { return make_pass(startup, *programs, with); });
}

}  // namespace

int deliver(const DeliverOptions& options) {
    return run({kProgram, spool::Lane::received, open_pass, deliver_confinement}, options);
}

}  // namespace postern::tools
