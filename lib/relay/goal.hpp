// SPDX-License-Identifier: BSD-2-Clause
// Where recipients are to be taken, before anything is looked up: recipients with equal goals travel
// together.
#pragma once

#include <compare>
#include <string>
#include <variant>

#include "accounts/expansion.hpp"
#include "base/ip_address.hpp"
#include "mail/address.hpp"
#include "relay/options.hpp"

namespace postern::relay {

/// The mail hosts of the domain (RFC 5321 §5.1).
struct ByMx {
    std::string domain;
    auto operator<=>(const ByMx&) const = default;
};

using ToServer = accounts::OtherServer;

struct ThroughGateway {
    auto operator<=>(const ThroughGateway&) const = default;
};

using Goal = std::variant<ByMx, IpAddress, ToServer, ThroughGateway>;

/// Of a recipient that was deferred `tries` times. What is passed on goes to its server itself, whatever the
/// settings of the gateway say: that is for mail to the world. `way` is not Local.
Goal goal_of(const mail::Address& recipient, const accounts::Way& way, unsigned tries,
             const Options& options);

}  // namespace postern::relay
