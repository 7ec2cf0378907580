// SPDX-License-Identifier: BSD-2-Clause
#include "relay/host_status.hpp"

#include <utility>

namespace postern::relay {

namespace {

constexpr int kMostLosses = 3;

}  // namespace

void HostStatus::note_down(const NextHop& hop, Outcome why) { down_.insert_or_assign(hop, std::move(why)); }

void HostStatus::note_lost(const NextHop& hop, Outcome why) {
    if (++losses_[hop] >= kMostLosses) note_down(hop, std::move(why));
}

const Outcome* HostStatus::why_down(const NextHop& hop) const {
    const auto found = down_.find(hop);
    return found == down_.end() ? nullptr : &found->second;
}

}  // namespace postern::relay
