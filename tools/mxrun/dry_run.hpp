// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "dns/resolver.hpp"
#include "relay/selection.hpp"
#include "startup.hpp"

namespace postern::tools {

/// Says on standard output where each message would go, and changes nothing.
Status dry_run(const Startup& startup, const relay::Selection& selection, dns::Resolver& resolver);

}  // namespace postern::tools
