// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "accounts/accounts.hpp"
#include "base/randomness.hpp"
#include "dns/resolver.hpp"
#include "relay/errands.hpp"
#include "relay/transport.hpp"
#include "runner/worker.hpp"

namespace postern::relay {

/// What a pass works with; all outlive it.
struct Parts {
    runner::Tools tools;
    runner::Worker& worker;
    accounts::Accounts& accounts;  ///< which domains are served here: their mail goes back to deliver
    dns::Resolver& resolver;       ///< asked, like `randomness`, from wherever `errands` are done
    Randomness& randomness;
    Transport& transport;
    Errands& errands;
};

}  // namespace postern::relay
