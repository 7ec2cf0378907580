// SPDX-License-Identifier: BSD-2-Clause
#include "confinements.hpp"

#include "policy/bans.hpp"
#include "runner/wake.hpp"
#include "spool/layout.hpp"

namespace postern::tools {

namespace {

namespace may = sys::may;

constexpr std::uint64_t kMemoryOfSession = 128 << 20;
constexpr std::uint64_t kMemoryOfRecipient = 1 << 10;
constexpr std::uint64_t kFilesOfSession = 64;

/// Where a message is put when it is complete: a session can neither read there nor see what there is. It
/// may take away what it has put there if it can name it, which is 128 random bits.
constexpr sys::PathRights kToFileMessages = may::create | may::move | may::remove;

/// The least that is needed of `state`: the directory over-quota comes with the first mailbox that is full.
std::string over_quota_of(const config::Config& config) { return config.directories.state + "/over-quota"; }

/// A session works no longer than limits.session, so it cannot have used more of a processor either.
sys::ResourceLimits session_limits(const config::Config& config) {
    const auto longest = std::chrono::ceil<std::chrono::seconds>(config.server.session);
    return {.memory = kMemoryOfSession + kMemoryOfRecipient * config.server.limits.recipients,
            .files = kFilesOfSession,
            .cpu = longest + std::chrono::minutes(1)};
}

sys::PathRule pipes_of(const config::Config& config) {
    return {runner::pipes_directory(config.directories.run), may::write};
}

sys::PathRule requests_of(const config::Config& config) {
    const spool::Layout spool(config.directories.spool);
    return {spool.requests(), may::create | may::read | may::write};
}

}  // namespace

sys::Confinement session_confinement(const config::Config& config, const smtp::ServiceRules& service) {
    const spool::Layout spool(config.directories.spool);
    sys::Confinement confinement{
        .calls = sys::CallList::session, .paths = {}, .limits = session_limits(config)};
    auto& paths = confinement.paths;
    paths.push_back({config.directories.domains, may::read});
    paths.push_back({over_quota_of(config), may::read});
    paths.push_back({spool.incoming(), kToFileMessages | may::read | may::write});
    paths.push_back({spool.now(spool::Lane::received), kToFileMessages});
    if (config.server.validation.mode == smtp::ValidationMode::quarantine)
        paths.push_back({spool.quarantine(), kToFileMessages});
    paths.push_back(pipes_of(config));
    paths.push_back(
        {policy::Bans::directory_in(config.directories.state), may::create | may::read | may::write});
    if (service.tls != smtp::Tls::off) paths.push_back({config.directories.tls, may::read});
    if (config.policy.etrn != policy::Audience::nobody) paths.push_back(requests_of(config));
    if (!config.server.xclient_from.empty()) paths.push_back({config.accounts.relay_hosts_file, may::read});
    return confinement;
}

sys::Confinement kick_confinement(const config::Config& config) {
    return {.calls = sys::CallList::session,
            .paths = {requests_of(config), pipes_of(config)},
            .limits = session_limits(config)};
}

Status confine(const sys::Confinement& confinement, sys::Sandbox sandbox, Log& log) {
    POSTERN_ASSIGN(const std::string missing, sys::confine(confinement, sandbox));
    if (!missing.empty()) log.write(Severity::warning, "sandbox_incomplete", {{"missing", missing}});
    return done;
}

}  // namespace postern::tools
