// SPDX-License-Identifier: BSD-2-Clause
#include "relay/next_hop.hpp"

#include <utility>

namespace postern::relay {

namespace {

constexpr std::uint16_t kSmtpPort = 25;

Outcome outcome(Outcome::Kind kind, std::string status, std::string reason) {
    Outcome result;
    result.kind = kind;
    result.status = std::move(status);
    result.reason = std::move(reason);
    return result;
}

}  // namespace

std::string NextHop::to_string() const {
    const auto bracketed = "[" + address.to_string() + "]";
    const auto host = name == address.to_string() ? bracketed : name + " " + bracketed;
    return port == kSmtpPort ? host : host + ":" + std::to_string(port);
}

Outcome deferred(std::string status, std::string reason) {
    return outcome(Outcome::Kind::deferred, std::move(status), std::move(reason));
}

Outcome failed(std::string status, std::string reason) {
    return outcome(Outcome::Kind::failed, std::move(status), std::move(reason));
}

}  // namespace postern::relay
