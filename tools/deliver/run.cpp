// SPDX-License-Identifier: BSD-2-Clause
#include "run.hpp"

#include <unistd.h>

#include "accounts/file_accounts.hpp"
#include "delivery/pass.hpp"
#include "dns/unbound_resolver.hpp"
#include "sys/random.hpp"
#include "sys/run_command.hpp"

namespace postern::tools {

namespace {

constexpr const char* kProgram = "deliver";

Status verdict(const delivery::PassReport& pass) {
    if (!pass.trouble) return Error(Fault::temporary, pass.trouble.error().what());
    if (!pass.found_trouble) return done;
    return Error(Fault::permanent, "mail was put into hold/ or damaged/; the log says why");
}

PassOutcome make_pass(const Startup& startup, const PassTools& with) {
    const auto& config = startup.config;
    const auto& tools = with.tools;
    sys::SystemRandomness randomness;
    const accounts::FileAccounts accounts(tools.files, config.accounts);
    delivery::Maildir maildir({tools.files, randomness, tools.clock}, config.delivery,
                              std::to_string(getpid()));
    runner::Worker worker(tools, with.options, kProgram);
    dns::UnboundResolver resolver({.servers = config.relay.dns_servers});
    delivery::SocketDialer dialer(resolver);
    delivery::Lmtp lmtp(dialer, config.server.hostname, tools.log);
    sys::ProcessRunner programs;
    delivery::CommandDelivery commands(programs, tools.files, config.delivery, tools.log);
    delivery::OtherWays other_ways(worker, lmtp, commands, tools.log);
    delivery::Postman postman(worker, {accounts, tools.clock, tools.log}, maildir, other_ways, tools.log);
    const auto report = delivery::Pass(tools, worker, postman, with.must_stop).run();
    lmtp.hang_up();
    return {verdict(report), worker.met_locked()};
}

Result<Pass> open_pass(const Startup& startup) {
    return Pass([&startup](const PassTools& with) { return make_pass(startup, with); });
}

}  // namespace

int deliver(const DeliverOptions& options) {
    return run({kProgram, spool::Lane::received, open_pass}, options);
}

}  // namespace postern::tools
