// SPDX-License-Identifier: BSD-2-Clause
#include "dns/reverse_name.hpp"

#include <string_view>

namespace postern::dns {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string reverse_v4(const IpAddress& address) {
    std::string name;
    for (std::size_t i = 4; i-- > 0;) name += std::to_string(address.octets()[i]) + ".";
    return name + "in-addr.arpa";
}

std::string reverse_v6(const IpAddress& address) {
    std::string name;
    for (std::size_t i = 16; i-- > 0;) {
        name += {kHexDigits[address.octets()[i] & 0xfU], '.'};
        name += {kHexDigits[address.octets()[i] >> 4U], '.'};
    }
    return name + "ip6.arpa";
}

}  // namespace

std::string reverse_name(const IpAddress& address) {
    return address.is_v4() ? reverse_v4(address) : reverse_v6(address);
}

}  // namespace postern::dns
