// SPDX-License-Identifier: BSD-2-Clause
// Has at most one conversation open, and keeps it for the next message that goes to the same host.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "base/log.hpp"
#include "relay/conversation.hpp"
#include "relay/host_status.hpp"
#include "relay/options.hpp"

namespace postern::relay {

class Connector {
public:
    Connector(Transport& transport, HostStatus& hosts, const Options& options, Log& log)
        : transport_(transport), hosts_(hosts), options_(options), log_(log) {}

    /// A conversation with the first of these that takes mail; it stays the connector's. Else why none does:
    /// a deferral when any of them may do so later.
    Task<std::variant<Conversation*, Outcome>> reach(const std::vector<NextHop>& hops);
    Task<void> hang_up();

private:
    bool is_talking_to(const NextHop& hop) const;
    /// Nothing when the host is down, which is noted then.
    Task<void> call(const NextHop& hop);
    void note_down(const NextHop& hop, Outcome why);

    Transport& transport_;
    HostStatus& hosts_;
    const Options& options_;
    Log& log_;
    std::optional<Conversation> conversation_;
};

}  // namespace postern::relay
