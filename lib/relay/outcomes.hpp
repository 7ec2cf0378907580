// SPDX-License-Identifier: BSD-2-Clause
// From what the client heard to what the spool records. Pure.
#pragma once

#include <vector>

#include "relay/next_hop.hpp"
#include "smtp/client_effect.hpp"

namespace postern::relay {

Outcome to_outcome(const smtp::ClientResult& result, const NextHop& hop);

/// The i-th result is that of recipients[i]. Recipients with equal results share an outcome; those that were
/// crowded out have none yet.
std::vector<Outcome> to_outcomes(const smtp::MessageDone& sent, const spool::RecipientSet& recipients,
                                 const NextHop& hop);

/// How many octets of log the records of an attempt for so many recipients may take at most.
std::size_t longest_log(std::size_t recipients);

}  // namespace postern::relay
