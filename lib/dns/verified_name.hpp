// SPDX-License-Identifier: BSD-2-Clause
// The name of an address that both sides of the DNS agree on. A reverse zone belongs to whoever has the
// address and may claim any name; only the name's own zone can confirm it. Pure but for the resolver.
#pragma once

#include <string>

#include "dns/resolver.hpp"

namespace postern::dns {

/// The first name of `address` whose own addresses contain it; "" when there is none. An Error: the DNS
/// could not say.
Result<std::string> verified_name(Resolver& resolver, const IpAddress& address);

}  // namespace postern::dns
