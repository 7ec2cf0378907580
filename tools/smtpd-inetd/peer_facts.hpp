// SPDX-License-Identifier: BSD-2-Clause
// What is known of a peer when its session begins, for the envelope and for the log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/randomness.hpp"
#include "mail/envelope.hpp"
#include "options.hpp"
#include "sys/fields_log.hpp"
#include "sys/peer.hpp"

namespace postern::tools {

/// Enough to find a session in the log of some days; 40 bits, 8 characters.
std::string random_session_id(Randomness& randomness);

mail::PeerFacts facts_of(const std::optional<sys::Peer>& peer, const Options& options, std::string session);

/// What stands in every line that the session logs; the usual service needs no mention.
std::vector<sys::FieldsLog::Field> log_fields(const mail::PeerFacts& peer, bool is_local);

}  // namespace postern::tools
