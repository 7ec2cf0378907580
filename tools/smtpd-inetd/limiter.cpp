// SPDX-License-Identifier: BSD-2-Clause
#include "limiter.hpp"

#include <unistd.h>

#include "accounts/relay_hosts.hpp"
#include "policy/limit_table.hpp"
#include "sys/peer.hpp"

namespace postern::tools {

namespace {

std::optional<sys::SharedTable> open_table(const Startup& startup) {
    const std::string& run = startup.config.directories.run;
    auto table = policy::open_limit_table(run);
    if (!table) {
        startup.log->write(Severity::warning, "limits_off", {{"reason", table.error().what()}});
        return std::nullopt;
    }
    if (table->was_damaged())
        startup.log->write(Severity::warning, "limits_rebuilt",
                           {{"reason", policy::limit_table_in(run) + " was damaged"}});
    return *std::move(table);
}

bool is_relay_host(const Startup& startup, const IpAddress& peer) {
    const auto hosts = accounts::RelayHosts::load(*startup.files, startup.config.accounts.relay_hosts_file);
    return hosts && hosts->allows(peer, "");
}

}  // namespace

Limiter::Limiter(const Startup& startup)
    : startup_(startup),
      table_(open_table(startup)),
      limits_(table_ ? &*table_ : nullptr,
              policy::Bans(*startup.files, policy::Bans::directory_in(startup.config.directories.state)),
              startup.config.limits, startup.config.server.session, *startup.clock, *startup.log) {}

policy::Limits::Refusal Limiter::enter(int connection) {
    auto refusal = limits_.enter(static_cast<std::uint64_t>(::getpid()));
    if (!refusal) return refusal;
    const auto peer = sys::peer_of(connection);
    startup_.log->write(Severity::notice, "refused",
                        {{"peer", peer ? peer->address.to_string() : "unknown"}, {"reason", refusal->text}});
    return refusal;
}

policy::Limits::Refusal Limiter::admit(const IpAddress& peer, bool speaks_for_many) {
    auto refusal = limits_.admit(peer, [&] { return speaks_for_many || is_relay_host(startup_, peer); });
    if (speaks_for_many) limits_.trust();
    return refusal;
}

}  // namespace postern::tools
