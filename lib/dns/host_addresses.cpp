// SPDX-License-Identifier: BSD-2-Clause
#include "dns/host_addresses.hpp"

namespace postern::dns {

Result<std::vector<IpAddress>> addresses_of_name(Resolver& resolver, const std::string& name) {
    const auto six = resolver.addresses(name, IpAddress::Family::v6);
    const auto four = resolver.addresses(name, IpAddress::Family::v4);
    std::vector<IpAddress> addresses;
    for (const auto* answer : {&six, &four})
        if (*answer) addresses.insert(addresses.end(), (*answer)->records.begin(), (*answer)->records.end());
    if (addresses.empty() && !four) return four.error();
    if (addresses.empty() && !six) return six.error();
    return addresses;
}

Result<std::vector<IpAddress>> addresses_of(Resolver& resolver, const std::string& host) {
    if (const auto literal = IpAddress::parse(host)) return std::vector{*literal};
    return addresses_of_name(resolver, host);
}

}  // namespace postern::dns
