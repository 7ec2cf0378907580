// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>
#include <vector>

#include "dns/resolver.hpp"

namespace postern::dns {

/// The AAAA records of a name, then its A records (RFC 3484). An error only where nothing was found.
Result<std::vector<IpAddress>> addresses_of_name(Resolver& resolver, const std::string& name);

/// The same for a host that is named by a setting, which may be an address as text, too.
Result<std::vector<IpAddress>> addresses_of(Resolver& resolver, const std::string& host);

}  // namespace postern::dns
