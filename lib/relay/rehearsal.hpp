// SPDX-License-Identifier: BSD-2-Clause
// What a pass would do, without doing it: nothing is claimed, written or sent, only the DNS is asked. Another
// mxrun may be at work meanwhile.
#pragma once

#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "accounts/accounts.hpp"
#include "relay/router.hpp"
#include "relay/selection.hpp"
#include "runner/tools.hpp"

namespace postern::relay {

struct Prospect {
    /// The recipients' domain is served here.
    struct BackToDeliver {};
    using Way = std::variant<std::vector<NextHop>, Outcome, BackToDeliver>;

    struct Part {
        std::vector<mail::Address> recipients;
        Way way;
    };
    spool::MessageId id;
    std::optional<Instant> due;  ///< nothing = at once
    std::vector<Part> parts;
};

struct RehearsalParts {
    runner::Tools tools;
    const accounts::Accounts& accounts;
    const Router& router;
    const Options& options;
    const std::optional<runner::ContentFilter>& filter;
};

/// Tells of each message in the order in which a pass would come to it. Those that cannot be read are left
/// out, and are an Error in the end.
Status rehearse(const RehearsalParts& parts, const Selection& selection,
                const std::function<void(const Prospect&)>& tell);

}  // namespace postern::relay
