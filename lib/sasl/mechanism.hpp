// SPDX-License-Identifier: BSD-2-Clause
// The mechanisms that are spoken here, and which of them a connection is offered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::sasl {

enum class Mechanism {
    scram_sha_256_plus,  ///< RFC 5802, 7677, bound to the TLS connection
    scram_sha_256,       ///< RFC 5802, 7677
    plain,               ///< RFC 4616
    login,               ///< of old clients; draft-murchison-sasl-login
};

std::string_view name_of(Mechanism mechanism);

/// What both ends of a TLS connection know of it, and nobody between them.
struct ChannelBinding {
    std::string type;    ///< "tls-exporter" (RFC 9266), "tls-server-end-point" (RFC 5929 §4)
    std::string octets;  ///< its data
};
using ChannelBindings = std::vector<ChannelBinding>;

/// By name, in any case; only one that is offered: without bindings there is no SCRAM-SHA-256-PLUS.
std::optional<Mechanism> find_mechanism(std::string_view name, const ChannelBindings& bindings);

/// The names of those that are offered, the best ones first: "SCRAM-SHA-256 PLAIN LOGIN".
std::string offered_mechanisms(const ChannelBindings& bindings);

}  // namespace postern::sasl
