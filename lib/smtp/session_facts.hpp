// SPDX-License-Identifier: BSD-2-Clause
// What a session must know before it begins: its limits, its service, and what this client may do. Values
// only, made by whoever knows the world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "mail/envelope.hpp"
#include "smtp/content_check.hpp"
#include "smtp/future_release.hpp"
#include "smtp/reply.hpp"
#include "smtp/service_rules.hpp"
#include "smtp/tls_facts.hpp"

namespace postern::smtp {

struct SessionLimits {
    std::uint64_t message_size = 50'000'000;  ///< octets of content; announced by SIZE
    std::size_t recipients = 1'000;           ///< RFC 5321 §4.5.3.1.8: at least 100
    std::size_t bad_commands = 20;            ///< then 421
    std::size_t bad_recipients = 100;         ///< refused for good; then 421
    std::size_t idle_commands = 100;          ///< that move no mail, since the last message; then 421
    std::size_t bad_logins = 5;               ///< then 421
    std::size_t hops = 100;                   ///< Received fields, RFC 5321 §6.3
};

/// Does a client wait where it must (RFC 2920 §3.1)? `strict`: who does not is turned away.
enum class Pipelining { any, strict };

/// Is a bare LF the end of a line? For old devices that know no CRLF; they get no BDAT.
enum class Newlines { strict, mended };

/// What the machine must know of the world, as values.
struct SessionFacts {
    std::string hostname;  ///< of this server, for 220, EHLO, Received
    mail::PeerFacts peer;  ///< helo is filled in by the session
    SessionLimits limits;
    std::optional<Reply> refusal = std::nullopt;  ///< said in place of 220; then the session closes
    ServiceRules service = {};
    std::optional<HoldLimits> holds = std::nullopt;  ///< for a peer that may use FUTURERELEASE
    ValidationOptions validation = {};
    Pipelining pipelining = Pipelining::any;
    Newlines newlines = Newlines::strict;
    bool speaks_for_others = false;  ///< the peer: XCLIENT is offered to it
    bool asks_for_mail = false;      ///< likewise ETRN
    bool can_start_tls = false;  ///< there is a certificate: STARTTLS is offered while nothing is encrypted
    bool keeps_tls_required = false;  ///< REQUIRETLS (RFC 8689) stays with its mail: offered under TLS
    std::optional<TlsFacts> tls = std::nullopt;  ///< what the session is spoken in

    bool is_encrypted() const { return tls.has_value(); }
};

}  // namespace postern::smtp
