// SPDX-License-Identifier: BSD-2-Clause
// The conversations of one who carries messages: one at a time, as the switchboard lets him.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "base/log.hpp"
#include "relay/conversation.hpp"
#include "relay/host_status.hpp"
#include "relay/options.hpp"
#include "relay/switchboard.hpp"
#include "tls/context.hpp"

namespace postern::relay {

/// OpenSSL, once a pass needs it.
class OutboundTls {
public:
    explicit OutboundTls(const Options& options) : options_(options) {}
    /// Null where relay.tls is off, or it cannot be set up.
    const tls::ClientContext* context();

private:
    const Options& options_;
    std::optional<Result<tls::ClientContext>> context_ = std::nullopt;
};

/// What all connectors of a pass share.
struct Exchange {
    Transport& transport;
    HostStatus& hosts;
    Switchboard& switchboard;
    const Options& options;
    Log& log;
    OutboundTls tls = OutboundTls(options);
};

class Connector {
public:
    explicit Connector(Exchange& exchange) : exchange_(exchange) {}
    Connector(const Connector&) = delete;
    Connector& operator=(const Connector&) = delete;
    ~Connector() { let_go(); }

    /// Before a message is taken in hand that will probably go to the first of these that is not down: waits
    /// until one more may be carried there. None left: until one more may be carried at all.
    Task<void> line_up(const std::vector<NextHop>& hops);
    /// A conversation with the first of these that takes mail; it stays the connector's. Else why none does:
    /// a deferral when any of them may do so later.
    Task<std::variant<Conversation*, Outcome>> reach(const std::vector<NextHop>& hops);
    /// The conversation is kept for whoever goes there next, and another may carry.
    void let_go() { exchange_.switchboard.leave(ticket_); }

private:
    bool is_talking_to(const NextHop& hop) const;
    /// Nothing when the host is down, which is noted then.
    Task<void> call(const NextHop& hop);
    /// Greeted, or why not; nothing when TLS did not come about, so that it is to be done again without.
    Task<std::optional<std::variant<std::unique_ptr<Conversation>, Outcome>>> greet(const NextHop& hop);
    void note_down(const NextHop& hop, Outcome why);

    Exchange& exchange_;
    Switchboard::Ticket ticket_;
};

}  // namespace postern::relay
