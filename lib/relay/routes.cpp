// SPDX-License-Identifier: BSD-2-Clause
#include "relay/routes.hpp"

#include <utility>

namespace postern::relay {

Task<const Route*> Routes::to(const Goal& goal, TlsPolicy policy) {
    const auto added = known_.try_emplace({goal, policy});
    auto& entry = added.first->second;
    if (added.second) {
        std::optional<Route> route;  // filled in by another thread; whoever waits sees it afterwards
        co_await errands_.run(finding(added.first->first, route));
        entry.route = std::move(route);
        entry.found.ring();
    }
    while (!entry.route) co_await entry.found.wait();
    co_return may_be_cut_short(*entry.route) ? nullptr : &*entry.route;
}

/// Resolvers wait for nobody once SIGTERM has come (dns/options.hpp); what they say then is no answer.
bool Routes::may_be_cut_short(const Route& route) const {
    const auto* outcome = std::get_if<Outcome>(&route);
    return outcome != nullptr && outcome->kind == Outcome::Kind::deferred && told_to_stop_();
}

std::function<void()> Routes::finding(const Key& key, std::optional<Route>& into) const {
    return [this, &key, &into] { into = router_.route_to(key.first, key.second); };
}

}  // namespace postern::relay
