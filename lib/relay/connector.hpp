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
    OutboundTls(const Options& options, Log& log) : options_(options), log_(log) {}
    /// Null where relay.tls is off, or it cannot be set up, which is logged once.
    const tls::ClientContext* opportunistic();
    /// For what requires TLS, whatever relay.tls says; null when it cannot be set up.
    const tls::ClientContext* required();

private:
    using Made = std::optional<Result<tls::ClientContext>>;
    const tls::ClientContext* usable(Made& made, tls::Certificates believed);

    const Options& options_;
    Log& log_;
    Made opportunistic_ = std::nullopt;
    Made required_ = std::nullopt;
};

/// What all connectors of a pass share.
struct Exchange {
    Transport& transport;
    HostStatus& hosts;
    Switchboard& switchboard;
    const Options& options;
    Log& log;
    OutboundTls tls = OutboundTls(options, log);
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
    /// Why there is no conversation, and how far it came.
    struct Refusal {
        enum class Stage { connection, tls, host } stage;
        Outcome why;
    };
    using Greeted = std::variant<std::unique_ptr<Conversation>, Refusal>;

    bool is_talking_to(const NextHop& hop) const;
    /// No conversation when the host is down or unfit, which is noted then.
    Task<void> call(const NextHop& hop);
    /// With TLS as the hop wants it. Where it does not come about, and may be missing, without.
    Task<Greeted> greet(const NextHop& hop);
    Task<Greeted> greet(const NextHop& hop, const tls::ClientContext* tls);
    void note(const NextHop& hop, Refusal refusal);

    Exchange& exchange_;
    Switchboard::Ticket ticket_;
};

}  // namespace postern::relay
