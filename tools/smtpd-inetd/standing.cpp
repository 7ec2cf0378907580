// SPDX-License-Identifier: BSD-2-Clause
#include "standing.hpp"

#include <utility>

#include "accounts/login_address.hpp"
#include "local_client.hpp"
#include "peer_name.hpp"
#include "policy/audience.hpp"

namespace postern::tools {

Standing::Standing(Startup& startup, policy::Limits& limits, sys::FieldsLog& log,
                   const std::optional<sys::Peer>& peer, mail::PeerFacts facts)
    : startup_(startup),
      config_(startup.config),
      limits_(limits),
      log_(log),
      peer_(peer),
      facts_(std::move(facts)) {}

Result<policy::Limits::Refusal> Standing::find_out(std::optional<std::uint32_t> local_user) {
    if (local_user) POSTERN_TRY(know_local(*local_user));
    take_rights(rights_of_connection());
    return limits_.know_user(client_.user);
}

Status Standing::know_local(std::uint32_t user) {
    POSTERN_ASSIGN(auto local, find_local_client(user, *startup_.files, config_));
    log_.set("login", local.login);
    facts_.login = std::move(local.login);
    attested_ = std::move(local.rights);
    client_ = attested_;
    facts_.user = attested_user();
    return done;
}

std::string Standing::attested_user() const { return attested_.user ? attested_.user->to_string() : ""; }

server::PeerRights Standing::rights_of_connection() {
    if (!peer_) return {.may_relay = client_.is_known()};
    return server::rights_of(
        peer_->address, *startup_.files, config_.accounts.relay_hosts_file,
        [&](const IpAddress& address) { return name_of_peer(address, config_.relay.dns_servers); });
}

server::PeerRights Standing::rights_of_client(const mail::PeerFacts& client) {
    return server::rights_of(client, *startup_.files, config_.accounts.relay_hosts_file);
}

/// Those who may relay are not held to what their source is.
void Standing::take_rights(server::PeerRights rights) {
    rights_ = std::move(rights);
    facts_.name = rights_.name;
    if (may_relay()) limits_.trust();
}

bool Standing::may_ask_for_mail() const {
    const auto may =
        policy::includes(config_.policy.etrn, !facts_.user.empty(), [this] { return rights_.may_relay; });
    return may && *may;
}

std::optional<smtp::HoldLimits> Standing::hold_limits() const {
    const auto longest = config_.server.longest_hold;
    if (longest.count() == 0 || !may_relay()) return std::nullopt;
    return smtp::HoldLimits{longest, startup_.clock->now() + longest};
}

/// A login that is no account's address, nor can be made one, is nobody's.
smtp::ClientVerdict Standing::speak_for(const smtp::AskClient& asked) {
    auto client = asked.client;
    const auto user = accounts::login_address(client.user, config_.accounts);
    client.user = user ? user->to_string() : "";
    auto rights = rights_of_client(client);
    const auto address = IpAddress::parse(client.ip);
    if (!(rights.may_relay && *rights.may_relay))
        if (const auto refusal = limits_.judge_client(address)) return {smtp::Verdict::refuse(*refusal)};
    if (const auto refusal = limits_.know_user(user)) return {smtp::Verdict::refuse(*refusal)};
    log_.write(Severity::info, "xclient",
               {{"client", client.ip.empty() ? "unknown" : client.ip},
                {"name", client.name},
                {"user", asked.client.user},
                {"destination", asked.destination}});
    facts_ = std::move(client);
    client_ = {.user = user};
    limits_.speak_for(address);
    take_rights(std::move(rights));
    name_in_log();
    return {smtp::Verdict::accept(), facts_.user, hold_limits(), may_ask_for_mail()};
}

void Standing::log_in(smtp::LoginVerdict& login) {
    const auto user = mail::Address::parse(login.user);
    if (const auto refusal = limits_.log_in(user)) {
        login.verdict = smtp::Verdict::refuse(*refusal);
        return;
    }
    facts_.user = login.user;
    client_ = {.user = user};
    take_rights({.name = rights_.name, .may_relay = true});
    log_.set("user", login.user);
    login.holds = hold_limits();
    login.asks_for_mail = may_ask_for_mail();
}

void Standing::forget_login() {
    if (facts_.user == attested_user()) return;
    facts_.user = attested_user();
    client_ = attested_;
    if (peer_) limits_.speak_for(IpAddress::parse(facts_.ip));
    take_rights(peer_ ? rights_of_client(facts_) : rights_of_connection());
    (void)limits_.know_user(client_.user);  // with too many sessions, this stays one of the other
    name_in_log();
}

/// What the lines of the log say of it from now on. A user of this machine has his login in them.
void Standing::name_in_log() {
    if (peer_) log_.set("peer", facts_.ip.empty() ? "unknown" : facts_.ip);
    log_.set("user", peer_ ? facts_.user : "");
}

}  // namespace postern::tools
