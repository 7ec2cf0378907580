// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "relay/tls_policy.hpp"
#include "spool/record.hpp"

namespace postern::relay {

/// Where connections go, by whichever name.
struct Endpoint {
    IpAddress address;
    std::uint16_t port = 25;
    auto operator<=>(const Endpoint&) const = default;
};

/// One address of one host that may take a message, and what it is held to then. Who is held to less than
/// another is another hop: a conversation is only for those who want the same.
struct NextHop {
    std::string name;  ///< "mx.example.net"; for an address literal the address
    IpAddress address;
    std::uint16_t port = 25;
    TlsPolicy tls = TlsPolicy::opportunistic;

    /// "mx.example.net [192.0.2.1]", with ":PORT" when it is not 25.
    std::string to_string() const;
    Endpoint endpoint() const { return {address, port}; }
    auto operator<=>(const NextHop&) const = default;
};

using Outcome = spool::Outcome;

/// An outcome that is yet to be given recipients.
Outcome deferred(std::string status, std::string reason);
Outcome failed(std::string status, std::string reason);

}  // namespace postern::relay
