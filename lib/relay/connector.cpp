// SPDX-License-Identifier: BSD-2-Clause
#include "relay/connector.hpp"

#include <utility>

#include "relay/outcomes.hpp"

namespace postern::relay {

const tls::ClientContext* OutboundTls::context() {
    if (options_.use_tls == RelayTls::off) return nullptr;
    if (!context_) {
        context_.emplace(tls::ClientContext::make(options_.tls));
        if (!*context_) log_.write(Severity::err, "tls_unusable", {{"reason", context_->error().what()}});
    }
    return *context_ ? &**context_ : nullptr;
}

Task<void> Connector::line_up(const std::vector<NextHop>& hops) {
    for (const auto& hop : hops) {
        if (exchange_.hosts.is_down(hop.endpoint())) continue;
        if (co_await exchange_.switchboard.take_place(ticket_, hop)) co_return;
    }
    co_await exchange_.switchboard.take_seat(ticket_);
}

Task<std::variant<Conversation*, Outcome>> Connector::reach(const std::vector<NextHop>& hops) {
    std::optional<Outcome> why_none;
    for (const auto& hop : hops) {
        if (!exchange_.hosts.is_down(hop.endpoint())) {
            const bool may_call = co_await exchange_.switchboard.take_place(ticket_, hop);
            if (may_call && !is_talking_to(hop)) co_await call(hop);
        }
        auto down = exchange_.hosts.why_down(hop);
        if (!down) co_return ticket_.conversation.get();
        if (!why_none || why_none->kind == Outcome::Kind::failed || down->kind != Outcome::Kind::failed)
            why_none = *std::move(down);
    }
    co_return why_none.value_or(deferred("4.4.1", "no host is left to try"));
}

bool Connector::is_talking_to(const NextHop& hop) const {
    const auto* conversation = ticket_.conversation.get();
    return conversation != nullptr && conversation->is_open() && !conversation->is_used_up() &&
           conversation->hop() == hop;
}

Task<void> Connector::call(const NextHop& hop) {
    if (ticket_.conversation && ticket_.conversation->is_used_up()) co_await ticket_.conversation->quit();
    ticket_.conversation.reset();
    auto greeted = co_await greet(hop);
    if (auto* refusal = std::get_if<Refusal>(&greeted)) co_return note_down(hop, std::move(refusal->why));
    ticket_.conversation = std::move(std::get<0>(greeted));
    exchange_.log.write(Severity::debug, "connected",
                        {{"host", hop.to_string()}, {"tls", ticket_.conversation->tls()}});
    exchange_.hosts.note_up(hop);
    exchange_.switchboard.hosts_changed();
}

Task<Connector::Greeted> Connector::greet(const NextHop& hop) {
    const bool is_broken = exchange_.hosts.has_broken_tls(hop.endpoint());
    auto greeted = co_await greet(hop, is_broken ? nullptr : exchange_.tls.context());
    const auto* refusal = std::get_if<Refusal>(&greeted);
    if (refusal == nullptr || refusal->stage != Refusal::Stage::tls) co_return greeted;
    exchange_.log.write(Severity::notice, "tls_failed",
                        {{"host", hop.to_string()}, {"reason", refusal->why.reason}});
    exchange_.hosts.note_broken_tls(hop);
    co_return co_await greet(hop, nullptr);
}

Task<Connector::Greeted> Connector::greet(const NextHop& hop, const tls::ClientContext* tls) {
    using Stage = Refusal::Stage;
    const auto& options = exchange_.options;
    auto connection = co_await exchange_.transport.connect(hop.address, hop.port, options.connect_timeout);
    if (!connection)
        co_return Refusal{Stage::connection,
                          deferred("4.4.1", "no connection: " + connection.error().what())};
    auto conversation = std::make_unique<Conversation>(*std::move(connection), hop, options.hostname, tls);
    const auto refused = co_await conversation->start();
    if (const auto& trouble = conversation->tls_trouble(); !trouble.empty())
        co_return Refusal{Stage::tls, deferred("4.7.5", trouble)};
    if (refused) co_return Refusal{Stage::host, to_outcome(*refused, hop)};
    co_return conversation;
}

void Connector::note_down(const NextHop& hop, Outcome why) {
    exchange_.log.write(Severity::notice, "host-down",
                        {{"host", hop.to_string()}, {"reason", why.reason}, {"reply", why.reply}});
    exchange_.hosts.note_down(hop, std::move(why));
    exchange_.switchboard.hosts_changed();
}

}  // namespace postern::relay
