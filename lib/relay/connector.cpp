// SPDX-License-Identifier: BSD-2-Clause
#include "relay/connector.hpp"

#include <utility>

#include "relay/outcomes.hpp"

namespace postern::relay {

namespace {

/// For those who may not go without.
Outcome no_tls(const Error& trouble) {
    return trouble.fault() == Fault::permanent ? failed("5.7.10", trouble.what())
                                               : deferred("4.7.10", trouble.what());
}

}  // namespace

const tls::ClientContext* OutboundTls::opportunistic() {
    if (options_.use_tls == RelayTls::off) return nullptr;
    return usable(opportunistic_, tls::Certificates::any);
}

const tls::ClientContext* OutboundTls::required() { return usable(required_, tls::Certificates::trusted); }

const tls::ClientContext* OutboundTls::usable(Made& made, tls::Certificates believed) {
    if (!made) {
        made.emplace(tls::ClientContext::make(options_.tls, believed));
        if (!*made) log_.write(Severity::err, "tls_unusable", {{"reason", made->error().what()}});
    }
    return *made ? &**made : nullptr;
}

Task<void> Connector::line_up(const std::vector<NextHop>& hops) {
    for (const auto& hop : hops) {
        if (exchange_.hosts.is_down(hop)) continue;
        if (co_await exchange_.switchboard.take_place(ticket_, hop)) co_return;
    }
    co_await exchange_.switchboard.take_seat(ticket_);
}

Task<std::variant<Conversation*, Outcome>> Connector::reach(const std::vector<NextHop>& hops) {
    std::optional<Outcome> why_none;
    for (const auto& hop : hops) {
        if (!exchange_.hosts.is_down(hop)) {
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
    if (auto* refusal = std::get_if<Refusal>(&greeted)) co_return note(hop, std::move(*refusal));
    ticket_.conversation = std::move(std::get<0>(greeted));
    exchange_.log.write(Severity::debug, "connected",
                        {{"host", hop.to_string()}, {"tls", ticket_.conversation->tls()}});
    exchange_.hosts.note_up(hop);
    exchange_.switchboard.hosts_changed();
}

Task<Connector::Greeted> Connector::greet(const NextHop& hop) {
    using Stage = Refusal::Stage;
    if (hop.tls == TlsPolicy::required) {
        const auto* tls = exchange_.tls.required();
        if (tls != nullptr) co_return co_await greet(hop, tls);
        co_return Refusal{Stage::tls,
                          deferred("4.3.5", "TLS is required, and this server cannot verify any")};
    }
    const bool is_broken = exchange_.hosts.has_broken_tls(hop.endpoint());
    auto greeted = co_await greet(hop, is_broken ? nullptr : exchange_.tls.opportunistic());
    const auto* refusal = std::get_if<Refusal>(&greeted);
    if (refusal == nullptr || refusal->stage != Stage::tls) co_return greeted;
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
    if (const auto& trouble = conversation->tls_trouble()) co_return Refusal{Stage::tls, no_tls(*trouble)};
    if (refused) co_return Refusal{Stage::host, to_outcome(*refused, hop)};
    co_return conversation;
}

/// What becomes of those who require TLS says nothing of the host to others.
void Connector::note(const NextHop& hop, Refusal refusal) {
    const bool is_unfit = hop.tls == TlsPolicy::required && refusal.stage != Refusal::Stage::connection;
    exchange_.log.write(
        Severity::notice, is_unfit ? "host-unfit" : "host-down",
        {{"host", hop.to_string()}, {"reason", refusal.why.reason}, {"reply", refusal.why.reply}});
    if (is_unfit)
        exchange_.hosts.note_unfit(hop, std::move(refusal.why));
    else
        exchange_.hosts.note_down(hop, std::move(refusal.why));
    exchange_.switchboard.hosts_changed();
}

}  // namespace postern::relay
