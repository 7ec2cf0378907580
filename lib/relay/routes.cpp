// SPDX-License-Identifier: BSD-2-Clause
#include "relay/routes.hpp"

#include <utility>

namespace postern::relay {

Task<const Route*> Routes::to(const Goal& goal) {
    const auto added = known_.try_emplace(goal);
    auto& entry = added.first->second;
    if (added.second) {
        std::optional<Route> route;  // filled in by another thread; whoever waits sees it afterwards
        co_await errands_.run(finding(goal, route));
        entry.route = std::move(route);
        entry.found.ring();
    }
    while (!entry.route) co_await entry.found.wait();
    co_return &*entry.route;
}

std::function<void()> Routes::finding(const Goal& goal, std::optional<Route>& into) const {
    return [this, &goal, &into] { into = router_.route_to(goal); };
}

}  // namespace postern::relay
