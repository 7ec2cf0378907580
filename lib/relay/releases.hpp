// SPDX-License-Identifier: BSD-2-Clause
// Mail that somebody asked for: a pass over what waits for the domains in spool/requests/, due or not.
#pragma once

#include <functional>

#include "relay/options.hpp"
#include "relay/parts.hpp"

namespace postern::relay {

/// Takes the requests that may be served now and tries the mail of their domains. Errors as run_pass().
Status run_releases(const Parts& parts, const Options& options, const std::function<bool()>& told_to_stop);

}  // namespace postern::relay
