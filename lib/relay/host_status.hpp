// SPDX-License-Identifier: BSD-2-Clause
// What a pass has learned of the hosts it met: one that is down is not tried again for each message.
#pragma once

#include <map>

#include "relay/next_hop.hpp"

namespace postern::relay {

class HostStatus {
public:
    /// The host could not be reached, or takes no mail from us: down until the pass ends.
    void note_down(const NextHop& hop, Outcome why);
    /// It dropped the connection in a conversation. Some messages break some hosts, so only several in a
    /// row, with nothing delivered between them, mean that it is down.
    void note_lost(const NextHop& hop, Outcome why);
    void note_delivered(const NextHop& hop) { losses_.erase(hop); }

    /// Null = not known to be down.
    const Outcome* why_down(const NextHop& hop) const;

private:
    std::map<NextHop, Outcome> down_;
    std::map<NextHop, int> losses_;
};

}  // namespace postern::relay
