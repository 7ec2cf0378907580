// SPDX-License-Identifier: BSD-2-Clause
#include "relay/outcomes.hpp"

#include <algorithm>

namespace postern::relay {

namespace {

using Kind = smtp::ClientResult::Kind;

// The quoted reply is bounded by the client (400 octets, escaped at most threefold), names by the DNS.
constexpr std::size_t kLongestRecord = 2200;

Outcome::Kind kind_of(Kind kind) {
    switch (kind) {
        case Kind::accepted: return Outcome::Kind::delivered;
        case Kind::failed: return Outcome::Kind::failed;
        case Kind::deferred:
        case Kind::crowded_out: break;
    }
    return Outcome::Kind::deferred;
}

Outcome::Reach reach_of(const smtp::MessageDone& sent) {
    return sent.dsn ? Outcome::Reach::reporting_host : Outcome::Reach::silent_host;
}

}  // namespace

Outcome to_outcome(const smtp::ClientResult& result, const NextHop& hop) {
    Outcome outcome;
    outcome.kind = kind_of(result.kind);
    outcome.status = result.status;
    outcome.reason = result.reason;
    outcome.host = hop.to_string();
    outcome.reply = result.reply;
    return outcome;
}

std::vector<Outcome> to_outcomes(const smtp::MessageDone& sent, const spool::RecipientSet& recipients,
                                 const NextHop& hop) {
    const auto& results = sent.recipients;
    std::vector<smtp::ClientResult> kinds;
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (results[i].kind == Kind::crowded_out) continue;
        const auto known = std::ranges::find(kinds, results[i]);
        const auto place = static_cast<std::size_t>(known - kinds.begin());
        if (known == kinds.end()) {
            kinds.push_back(results[i]);
            outcomes.push_back(to_outcome(results[i], hop));
            if (results[i].kind == Kind::accepted) outcomes.back().reach = reach_of(sent);
        }
        outcomes[place].recipients.push_back(recipients[i]);
    }
    return outcomes;
}

std::size_t longest_log(std::size_t recipients) {
    return kLongestRecord * (recipients + 3);  // and one each for reports on failures, delays and successes
}

}  // namespace postern::relay
