// SPDX-License-Identifier: BSD-2-Clause
#include "runner/retry.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

#include "base/hash.hpp"

namespace postern::runner {

using std::chrono::milliseconds;
using Kind = spool::Outcome::Kind;

namespace {

constexpr std::int64_t kJitterSteps = 1000;
constexpr std::int64_t kJitterPart = 10;  // of the pause: 10 %

/// 0 to kJitterSteps, each as often as any other.
std::int64_t drawn_by_hash(const spool::MessageId& id, std::size_t recipient, unsigned tries) {
    const std::string what = " " + std::to_string(recipient) + " " + std::to_string(tries);
    std::uint64_t number = 0;
    for (const char octet : Hash(16).add(id.text()).add(what).finish().substr(0, 8))
        number = number << 8 | static_cast<unsigned char>(octet);
    return static_cast<std::int64_t>(number % (kJitterSteps + 1));
}

/// The recipients of an outcome by how often they have been put off, this time included.
std::map<unsigned, spool::RecipientSet> by_tries(const spool::Outcome& outcome,
                                                 const spool::History& history) {
    std::map<unsigned, spool::RecipientSet> sets;
    for (const std::size_t index : outcome.recipients)
        if (index < history.recipients().size()) sets[history.recipients()[index].tries + 1].push_back(index);
    return sets;
}

/// A mailbox that is full to the end tells more than that time is up (RFC 3463 §3.3, §3.5).
std::string status_at_the_end(const std::string& status) { return status == "4.2.2" ? "5.2.2" : "4.4.7"; }

void give_up(spool::Outcome& outcome, const std::string& why) {
    outcome.kind = Kind::failed;
    outcome.status = status_at_the_end(outcome.status);
    outcome.next.reset();
    if (!outcome.reason.empty()) outcome.reason += "; ";
    outcome.reason += "given up after " + why;
}

void decide_deferred(spool::Outcome& outcome, unsigned tries, const TriedMessage& message,
                     const Options& options, Instant now) {
    const Instant last_try = message.first_try + options.max_age;
    if (now >= last_try) return give_up(outcome, format_duration(options.max_age));
    if (options.max_tries != 0 && tries >= options.max_tries)
        return give_up(outcome, std::to_string(tries) + (tries == 1 ? " try" : " tries"));
    if (outcome.next) return;
    const milliseconds pause = pause_after(tries, options);
    outcome.next =
        std::min(now + pause + jitter(pause, message.id, outcome.recipients.front(), tries), last_try);
}

}  // namespace

milliseconds pause_after(unsigned tries, const Options& options) {
    const double factor = std::pow(options.growth, tries == 0 ? 0 : tries - 1);
    const double grown = static_cast<double>(options.interval.count()) * factor;
    if (grown >= static_cast<double>(options.max_interval.count())) return options.max_interval;
    return milliseconds(std::llround(grown));
}

milliseconds jitter(milliseconds pause, const spool::MessageId& id, std::size_t recipient, unsigned tries) {
    return pause * drawn_by_hash(id, recipient, tries) / (kJitterSteps * kJitterPart);
}

std::vector<spool::Outcome> decide(const spool::Outcome& outcome, const TriedMessage& message,
                                   const Options& options, Instant now) {
    if (outcome.kind != Kind::deferred) return {outcome};
    std::vector<spool::Outcome> decided;
    for (auto& [tries, recipients] : by_tries(outcome, message.history)) {
        decided.push_back(outcome);
        decided.back().recipients = recipients;
        decide_deferred(decided.back(), tries, message, options, now);
    }
    return decided;
}

}  // namespace postern::runner
