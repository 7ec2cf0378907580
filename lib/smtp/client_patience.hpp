// SPDX-License-Identifier: BSD-2-Clause
// How long a client's driver waits for what (RFC 5321 §4.5.3.2).
#pragma once

#include <chrono>
#include <cstdint>

#include "smtp/client.hpp"

namespace postern::smtp {

constexpr std::chrono::milliseconds kQuitPatience = std::chrono::seconds(5);  // nothing depends on it

/// How long a host may take to reply.
constexpr std::chrono::milliseconds reply_patience(ClientStep step) {
    using namespace std::chrono_literals;
    switch (step) {
        case ClientStep::data: return 2min;  // §4.5.3.2.4
        case ClientStep::chunk:
        case ClientStep::content:
        case ClientStep::nothing: return 10min;  // §4.5.3.2.6: the final dot
        case ClientStep::quit: return kQuitPatience;
        case ClientStep::greeting:
        case ClientStep::ehlo:
        case ClientStep::helo:
        case ClientStep::starttls:
        case ClientStep::reset:
        case ClientStep::mail:
        case ClientStep::recipient: break;
    }
    return 5min;  // §4.5.3.2.1 to .3
}

/// Greeting and EHLO together, however many octets trickle in.
constexpr std::chrono::milliseconds kStartPatience = std::chrono::minutes(10);

/// A whole transaction: half an hour for its dialogue, and content at 4 KiB a second at least.
constexpr std::chrono::milliseconds transaction_patience(std::uint64_t octets) {
    return std::chrono::minutes(30) + std::chrono::seconds(octets / 4096);
}

/// How long a block of content may take on its way (§4.5.3.2.5).
constexpr std::chrono::milliseconds kBlockPatience = std::chrono::minutes(3);

}  // namespace postern::smtp
