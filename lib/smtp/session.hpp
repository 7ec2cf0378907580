// SPDX-License-Identifier: BSD-2-Clause
// The SMTP server's session as a pure machine. INTERFACE FIXED, private part to be written.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "smtp/effect.hpp"

namespace postern::smtp {

struct SessionLimits {
    std::uint64_t message_size = 50'000'000;  ///< octets of content; announced by SIZE
    std::size_t recipients = 1'000;           ///< RFC 5321 §4.5.3.1.8: at least 100
    std::size_t bad_commands = 20;            ///< then 421
    std::size_t hops = 100;                   ///< Received fields, RFC 5321 §6.3
};

/// What the machine must know of the world, as values.
struct SessionFacts {
    std::string hostname;  ///< of this server, for 220, EHLO, Received
    mail::PeerFacts peer;  ///< helo is filled in by the session
    SessionLimits limits;
};

class Session {
public:
    explicit Session(SessionFacts facts);
    ~Session();

    void receive(std::string_view bytes);
    void receive_end(End end);
    void answer(const Answer& answer);
    /// The next thing to do; nothing = needs bytes, or the open question's answer.
    std::optional<Effect> next();
};

}  // namespace postern::smtp
