// SPDX-License-Identifier: BSD-2-Clause
// The peer's verified name by libunbound, which is not touched unless somebody calls this.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "dns/options.hpp"

namespace postern::tools {

/// "" when the address has no name that its own zone confirms. Takes some seconds at most: the peer is
/// waiting for its greeting.
Result<std::string> name_of_peer(const IpAddress& address, const std::vector<dns::Server>& servers);

}  // namespace postern::tools
