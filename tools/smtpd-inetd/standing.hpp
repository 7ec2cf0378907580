// SPDX-License-Identifier: BSD-2-Clause
// Who the peer is, as far as it is known by now, and what it may do for that: by its address, as a user of
// this machine, by a login, or because a host that is listed speaks for somebody (XCLIENT).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "limiter.hpp"
#include "mail/envelope.hpp"
#include "policy/client.hpp"
#include "server/peer_rights.hpp"
#include "smtp/effect.hpp"
#include "smtp/service_rules.hpp"
#include "startup.hpp"
#include "sys/fields_log.hpp"
#include "sys/peer.hpp"

namespace postern::tools {

class Standing {
public:
    /// All outlives it. `facts`: of the connection, as they are before anything is said.
    Standing(Startup& startup, policy::Limits& limits, sys::FieldsLog& log,
             const std::optional<sys::Peer>& peer, mail::PeerFacts facts);

    /// Before confinement. `local_user`: the user's number, where a service knows its clients by that. A
    /// refusal is for one who has too many sessions.
    Result<policy::Limits::Refusal> find_out(std::optional<std::uint32_t> local_user);

    const mail::PeerFacts& facts() const { return facts_; }
    const policy::Client& client() const { return client_; }
    Result<bool> relaying() const { return rights_.may_relay; }
    bool may_relay() const { return rights_.may_relay && *rights_.may_relay; }
    /// ETRN. Where relay-hosts cannot be read, nobody may.
    bool may_ask_for_mail() const;
    /// FUTURERELEASE is for those whose mail this server carries anywhere (RFC 4865 §1: a submission
    /// service).
    std::optional<smtp::HoldLimits> hold_limits() const;

    /// What the peer says of a client is believed: it is listed.
    smtp::ClientVerdict speak_for(const smtp::AskClient& asked);
    /// Who has logged in may send anywhere, and what else is for known users; refused when he has too many
    /// sessions.
    void log_in(smtp::LoginVerdict& login);
    /// What was said in plain text of who this is counts no longer (RFC 3207 §4.2).
    void forget_login();

private:
    Status know_local(std::uint32_t user);
    std::string attested_user() const;
    server::PeerRights rights_of_connection();
    server::PeerRights rights_of_client(const mail::PeerFacts& client);
    void take_rights(server::PeerRights rights);
    void name_in_log();

    Startup& startup_;
    const config::Config& config_;
    policy::Limits& limits_;
    sys::FieldsLog& log_;
    const std::optional<sys::Peer>& peer_;
    mail::PeerFacts facts_;
    policy::Client client_;
    policy::Client attested_;  ///< by the kernel: a user of this machine
    server::PeerRights rights_;
};

}  // namespace postern::tools
