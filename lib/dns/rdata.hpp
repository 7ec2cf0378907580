// SPDX-License-Identifier: BSD-2-Clause
// Reads the data of resource records in wire form (RFC 1035 §3.3, names uncompressed). What came over
// the network is checked octet by octet; nothing = it is malformed, or a name holds more than printable
// ASCII and could never be a host.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"
#include "dns/records.hpp"

namespace postern::dns {

std::optional<IpAddress> read_address(std::string_view rdata, IpAddress::Family family);
std::optional<MxRecord> read_mx(std::string_view rdata);
/// Lower case, without trailing dot; the root is "". The name must fill `wire`.
std::optional<std::string> read_name(std::string_view wire);

}  // namespace postern::dns
