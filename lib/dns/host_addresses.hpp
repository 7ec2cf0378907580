// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>
#include <vector>

#include "dns/resolver.hpp"

namespace postern::dns {

/// Of a host that is named by a setting: an address as text, or a name with its AAAA records, then its A
/// records (RFC 3484). An error only where nothing was found.
Result<std::vector<IpAddress>> addresses_of(Resolver& resolver, const std::string& host);

}  // namespace postern::dns
