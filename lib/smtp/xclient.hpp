// SPDX-License-Identifier: BSD-2-Clause
// The attributes of XCLIENT, as Postfix defines it: a trusted host tells on whose behalf it speaks. Values
// are xtext; [UNAVAILABLE] and [TEMPUNAVAIL] mean that nobody knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/envelope.hpp"

namespace postern::smtp {

struct Xclient {
    mail::PeerFacts peer = {};  ///< NAME, ADDR, PORT, HELO, LOGIN
    std::optional<mail::Protocol> protocol = std::nullopt;
    std::string destination = {};  ///< DESTADDR, DESTPORT: where the client has connected to
};

/// What is known of the client after it: what it does not name stays as it is in `before`, but a new address
/// is a new client, of whom nothing else is known. Nothing when it cannot be read.
std::optional<Xclient> parse_xclient(std::string_view attributes, const mail::PeerFacts& before);

}  // namespace postern::smtp
