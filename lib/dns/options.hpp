// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"

namespace postern::dns {

/// A DNS server: "ADDRESS" or "ADDRESS@PORT".
struct Server {
    IpAddress address;
    std::uint16_t port = 53;
};

struct Options {
    std::vector<Server> servers = {};                               ///< dns.servers; empty = full recursion
    std::chrono::milliseconds patience = std::chrono::seconds(20);  ///< the longest that one look-up takes
    /// Asked from wherever names are looked up, several times a second: then no look-up is waited for.
    std::function<bool()> told_to_stop = [] { return false; };
    std::string trust_anchor = {};  ///< dns.trust_anchor: the file that DNSSEC begins with
};

}  // namespace postern::dns
