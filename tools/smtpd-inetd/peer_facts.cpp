// SPDX-License-Identifier: BSD-2-Clause
#include "peer_facts.hpp"

#include <array>
#include <utility>

#include "base/base32.hpp"

namespace postern::tools {

std::string random_session_id(Randomness& randomness) {
    std::array<unsigned char, 5> octets{};
    randomness.fill(octets);
    return to_base32(octets);
}

mail::PeerFacts facts_of(const std::optional<sys::Peer>& peer, const Options& options, std::string session) {
    mail::PeerFacts facts;
    facts.service = options.service;
    facts.session = std::move(session);
    if (!peer) return facts;
    facts.ip = peer->address.to_string();
    facts.port = peer->port;
    return facts;
}

std::vector<sys::FieldsLog::Field> log_fields(const mail::PeerFacts& peer, bool is_local) {
    const std::string nobody = is_local ? "local" : "unknown";
    std::vector<sys::FieldsLog::Field> fields{{"session", peer.session}};
    fields.emplace_back("peer", peer.ip.empty() ? nobody : peer.ip);
    if (peer.service != "smtp") fields.emplace_back("service", peer.service);
    return fields;
}

}  // namespace postern::tools
