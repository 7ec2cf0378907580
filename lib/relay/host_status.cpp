// SPDX-License-Identifier: BSD-2-Clause
#include "relay/host_status.hpp"

#include <utility>

namespace postern::relay {

namespace {

constexpr int kMostLosses = 3;

}  // namespace

const HostStatus::Host* HostStatus::find(const Endpoint& host) const {
    const auto found = hosts_.find(host);
    return found == hosts_.end() ? nullptr : &found->second;
}

void HostStatus::note_lost(const NextHop& hop, Outcome why) {
    if (++hosts_[hop.endpoint()].losses >= kMostLosses) note_down(hop, std::move(why));
}

bool HostStatus::has_broken_tls(const Endpoint& host) const {
    const auto* known = find(host);
    return known != nullptr && known->has_broken_tls;
}

bool HostStatus::is_up(const Endpoint& host) const {
    const auto* known = find(host);
    return known != nullptr && known->is_up && !known->why_down;
}

std::optional<Outcome> HostStatus::why_down(const NextHop& hop) const {
    const auto* known = find(hop.endpoint());
    const auto unfit = unfit_.find(hop);
    if (unfit == unfit_.end() && (known == nullptr || !known->why_down)) return std::nullopt;
    auto why = unfit != unfit_.end() ? unfit->second : *known->why_down;
    why.host = hop.to_string();
    return why;
}

}  // namespace postern::relay
