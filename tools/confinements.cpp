// SPDX-License-Identifier: BSD-2-Clause
#include "confinements.hpp"

#include "accounts/full_mailboxes.hpp"
#include "accounts/last_logins.hpp"
#include "policy/bans.hpp"
#include "runner/wake.hpp"
#include "spool/layout.hpp"

namespace postern::tools {

namespace {

namespace may = sys::may;

constexpr std::uint64_t kMemoryOfSession = 128 << 20;
constexpr std::uint64_t kMemoryOfPassword = 64 << 20;  // argon2id
constexpr std::uint64_t kMemoryOfRecipient = 1 << 10;
constexpr std::uint64_t kFilesOfSession = 64;
constexpr std::uint64_t kMemoryOfCallouts = std::uint64_t{1} << 30;  // threads of libunbound
constexpr std::uint64_t kMemoryOfDeliver = std::uint64_t{2} << 30;
constexpr std::uint64_t kMemoryOfMxrun = std::uint64_t{4} << 30;
constexpr std::uint64_t kMemoryOfThread = 256 << 20;  // address space: a stack, and an arena of the C library
constexpr std::uint64_t kFilesOfRunner = 1024;
constexpr std::uint64_t kFilesOfConversation = 8;

/// Where a message is put when it is complete: a session can neither read there nor see what there is. It
/// may take away what it has put there if it can name it, which is 128 random bits.
constexpr sys::PathRights kToFileMessages = may::create | may::move | may::remove;

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

sys::PathRule last_logins_of(const config::Config& config) {
    return {accounts::last_logins_directory(config.directories.state), may::create | may::read | may::write};
}

/// All that can be done with files: but they are neither cut nor executed.
constexpr sys::PathRights kWork =
    may::read | may::write | may::list | may::create | may::remove | may::move | may::make_directory;

std::vector<sys::PathRule> runner_paths(const config::Config& config) {
    const auto& at = config.directories;
    std::vector<sys::PathRule> paths{{at.spool, kWork},
                                     {at.run, kWork | may::make_pipe},
                                     {at.log, may::write | may::create},
                                     {at.domains, may::read | may::list}};
    if (!at.templates.empty()) paths.push_back({at.templates, may::read});
    return paths;
}

}  // namespace

sys::Confinement session_confinement(const config::Config& config, const smtp::ServiceRules& service) {
    const spool::Layout spool(config.directories.spool);
    sys::Confinement confinement{
        .calls = sys::CallList::session, .paths = {}, .limits = session_limits(config)};
    auto& paths = confinement.paths;
    paths.push_back({config.directories.domains, may::read});
    paths.push_back({accounts::FullMailboxes::directory_in(config.directories.state), may::read});
    paths.push_back({spool.incoming(), kToFileMessages | may::read | may::write});
    paths.push_back({spool.now(spool::Lane::received), kToFileMessages});
    if (config.server.validation.mode == smtp::ValidationMode::quarantine)
        paths.push_back({spool.quarantine(), kToFileMessages});
    paths.push_back(pipes_of(config));
    if (service.auth) {
        confinement.limits.memory += kMemoryOfPassword;
        paths.push_back({config.accounts.passwords_directory, may::read});
        paths.push_back(last_logins_of(config));
    }
    paths.push_back(
        {policy::Bans::directory_in(config.directories.state), may::create | may::read | may::write});
    if (service.tls != smtp::Tls::off) paths.push_back({config.directories.tls, may::read});
    if (config.policy.etrn != policy::Audience::nobody) paths.push_back(requests_of(config));
    if (!config.server.xclient_from.empty()) paths.push_back({config.accounts.relay_hosts_file, may::read});
    return confinement;
}

sys::Confinement callouts_confinement() {
    return {.calls = sys::CallList::runner,
            .paths = {},
            .network = sys::Network::connect,
            .limits = {.memory = kMemoryOfCallouts, .files = kFilesOfSession, .forks = true}};
}

sys::Confinement kick_confinement(const config::Config& config) {
    return {.calls = sys::CallList::session,
            .paths = {requests_of(config), pipes_of(config)},
            .limits = session_limits(config)};
}

sys::Confinement deliver_confinement(const config::Config& config) {
    auto paths = runner_paths(config);
    paths.push_back({config.directories.mail, kWork});
    paths.push_back({config.directories.state, kWork});
    return {.calls = sys::CallList::runner,
            .paths = std::move(paths),
            .network = sys::Network::connect,
            .limits = {.memory = kMemoryOfDeliver, .files = kFilesOfRunner, .forks = true}};
}

sys::Confinement mxrun_confinement(const config::Config& config) {
    auto paths = runner_paths(config);
    // Read when the first message comes that requires TLS.
    paths.push_back({config.tls.authorities, may::read});
    paths.push_back({config.relay.trust_anchor, may::read});
    const std::uint64_t conversations = config.relay.concurrency;
    return {.calls = sys::CallList::runner,
            .paths = std::move(paths),
            .network = sys::Network::connect,
            .limits = {.memory = kMemoryOfMxrun + kMemoryOfThread * conversations,
                       .files = kFilesOfRunner + kFilesOfConversation * conversations,
                       .forks = true}};
}

Status confine(const sys::Confinement& confinement, sys::Sandbox sandbox, Log& log) {
    POSTERN_ASSIGN(const std::string missing, sys::confine(confinement, sandbox));
    if (!missing.empty()) log.write(Severity::warning, "sandbox_incomplete", {{"missing", missing}});
    return done;
}

}  // namespace postern::tools
