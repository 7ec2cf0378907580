// SPDX-License-Identifier: BSD-2-Clause
// The routes of a pass: each is found once, beside the conversations, however many messages ask for it at
// the same time.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "relay/bell.hpp"
#include "relay/errands.hpp"
#include "relay/router.hpp"

namespace postern::relay {

class Routes {
public:
    Routes(Router& router, Errands& errands, const std::function<bool()>& told_to_stop)
        : router_(router), errands_(errands), told_to_stop_(told_to_stop) {}

    /// Where the goal is reached; it stays good. Null when it was not found out because mxrun is told to
    /// stop: nothing is said of the goal then.
    Task<const Route*> to(const Goal& goal, TlsPolicy policy);

private:
    struct Entry {
        std::optional<Route> route = std::nullopt;  ///< nothing while it is looked up
        Bell found = {};
    };

    using Key = std::pair<Goal, TlsPolicy>;

    std::function<void()> finding(const Key& key, std::optional<Route>& into) const;
    bool may_be_cut_short(const Route& route) const;

    Router& router_;
    Errands& errands_;
    const std::function<bool()>& told_to_stop_;
    std::map<Key, Entry> known_;
};

}  // namespace postern::relay
