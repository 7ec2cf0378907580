// SPDX-License-Identifier: BSD-2-Clause
#include "relay/connector.hpp"

#include <utility>

#include "relay/outcomes.hpp"

namespace postern::relay {

Task<std::variant<Conversation*, Outcome>> Connector::reach(const std::vector<NextHop>& hops) {
    std::optional<Outcome> why_none;
    for (const auto& hop : hops) {
        if (hosts_.why_down(hop) == nullptr && !is_talking_to(hop)) co_await call(hop);
        const auto* down = hosts_.why_down(hop);
        if (down == nullptr) co_return &*conversation_;
        if (!why_none || why_none->kind == Outcome::Kind::failed || down->kind != Outcome::Kind::failed)
            why_none = *down;
    }
    co_return why_none.value_or(deferred("4.4.1", "no host is left to try"));
}

bool Connector::is_talking_to(const NextHop& hop) const {
    return conversation_ && conversation_->is_open() && conversation_->hop() == hop;
}

Task<void> Connector::call(const NextHop& hop) {
    co_await hang_up();
    auto connection = co_await transport_.connect(hop.address, hop.port, options_.connect_timeout);
    if (!connection) {
        auto why = deferred("4.4.1", "no connection: " + connection.error().what());
        why.host = hop.to_string();
        note_down(hop, std::move(why));
        co_return;
    }
    conversation_.emplace(*std::move(connection), hop, options_.hostname);
    const auto refused = co_await conversation_->start();
    if (refused) {
        note_down(hop, to_outcome(*refused, hop));
        conversation_.reset();
    } else {
        log_.write(Severity::debug, "connected", {{"host", hop.to_string()}});
    }
}

void Connector::note_down(const NextHop& hop, Outcome why) {
    log_.write(Severity::notice, "host-down",
               {{"host", hop.to_string()}, {"reason", why.reason}, {"reply", why.reply}});
    hosts_.note_down(hop, std::move(why));
}

Task<void> Connector::hang_up() {
    if (conversation_) co_await conversation_->quit();
    conversation_.reset();
}

}  // namespace postern::relay
