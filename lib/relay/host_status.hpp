// SPDX-License-Identifier: BSD-2-Clause
// What a pass has learned of the hosts it met: one that is down is not tried again for each message. A host
// is an address and a port here, since many names may lead to it.
#pragma once

#include <map>
#include <optional>

#include "relay/next_hop.hpp"

namespace postern::relay {

class HostStatus {
public:
    /// It has greeted us.
    void note_up(const NextHop& hop) { hosts_[hop.endpoint()].is_up = true; }
    /// The host could not be reached, or takes no mail from us: down until the pass ends.
    void note_down(const NextHop& hop, Outcome why) { hosts_[hop.endpoint()].why_down = std::move(why); }
    /// It dropped the connection in a conversation. Some messages break some hosts, so only several in a
    /// row, with nothing delivered between them, mean that it is down.
    void note_lost(const NextHop& hop, Outcome why);
    void note_delivered(const NextHop& hop) { hosts_[hop.endpoint()].losses = 0; }

    /// It is not what the hop is held to: no mail that wants the same gets there by this name until the pass
    /// ends.
    void note_unfit(const NextHop& hop, Outcome why) { unfit_[hop] = std::move(why); }

    /// A handshake with it has failed: it gets its mail without TLS until the pass ends.
    void note_broken_tls(const NextHop& hop) { hosts_[hop.endpoint()].has_broken_tls = true; }
    bool has_broken_tls(const Endpoint& host) const;

    bool is_up(const Endpoint& host) const;  ///< known to be
    /// Known to be, or to be unfit.
    bool is_down(const NextHop& hop) const { return why_down(hop).has_value(); }
    /// Nothing = not known to be either. It is told of by the name that `hop` has.
    std::optional<Outcome> why_down(const NextHop& hop) const;

private:
    struct Host {
        bool is_up = false;
        bool has_broken_tls = false;
        int losses = 0;
        std::optional<Outcome> why_down = std::nullopt;
    };
    const Host* find(const Endpoint& host) const;

    std::map<Endpoint, Host> hosts_;
    std::map<NextHop, Outcome> unfit_;
};

}  // namespace postern::relay
