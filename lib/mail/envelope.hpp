// SPDX-License-Identifier: BSD-2-Clause
// What SMTP says of a message beside its content: reverse-path, recipients, and who brought it, when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "mail/address.hpp"

namespace postern::mail {

struct Recipient {
    Address address;
    std::string notify = {};  ///< RFC 3461 §4.1, "" = not said
    std::string orcpt = {};   ///< RFC 3461 §4.2, as given (xtext)
    /// The alias or account in whose place it stands, when its message is a part of the one that came for
    /// that name.
    std::optional<Address> on_behalf_of = std::nullopt;
};

/// The host that brought the message, as far as it is known; empty = unknown.
struct PeerFacts {
    std::string ip = {};
    std::uint16_t port = 0;
    std::string name = {};   ///< by reverse look-up
    std::string helo = {};   ///< its argument of HELO or EHLO
    std::string tls = {};    ///< protocol version and cipher
    std::string user = {};   ///< authenticated as
    std::string login = {};  ///< of a user of this machine: his login name, or his number; for Received only
    std::string service = {};  ///< "smtp", "submission", …
    std::string session = {};  ///< session id, as in the log
};

/// With which protocol the message came (RFC 3848); HELO, EHLO or LHLO decides.
enum class Protocol { smtp, esmtp, lmtp };

enum class BodyType { unknown, seven_bit, eight_bit_mime, binary_mime };

/// How much of the message a report about it returns (RFC 3461 §4.3).
enum class ReturnedPart { unsaid, header, whole };

struct Envelope {
    ReversePath reverse_path = {};
    std::vector<Recipient> recipients = {};
    PeerFacts peer = {};
    Instant received{};
    BodyType body = BodyType::unknown;  ///< RFC 6152, 3030: as declared in MAIL
    bool smtputf8 = false;              ///< RFC 6531: declared in MAIL; whoever carries it on must offer it
    ReturnedPart ret = ReturnedPart::unsaid;
    std::string envid = {};                            ///< RFC 3461 §4.4, as given (xtext); "" = none
    bool requires_tls = false;                         ///< RFC 8689: REQUIRETLS was said in MAIL
    std::optional<Instant> release_at = std::nullopt;  ///< RFC 4865: not to be tried before
    Protocol protocol = Protocol::smtp;

    /// From when on it may be tried; its age in the queue counts from then.
    Instant first_try() const { return release_at.value_or(received); }
};

}  // namespace postern::mail
