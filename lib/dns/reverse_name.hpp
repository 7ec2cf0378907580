// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

#include "base/ip_address.hpp"

namespace postern::dns {

/// Where the names of an address stand: "7.2.0.192.in-addr.arpa" (RFC 1035 §3.5), and with a label a
/// nibble below ip6.arpa for IPv6 (RFC 3596 §2.5).
std::string reverse_name(const IpAddress& address);

}  // namespace postern::dns
