// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/ip_address.hpp"

namespace postern::callout {

enum class Callouts { off, on };
enum class DomainChecks { off, on };

struct Options {
    Callouts callouts = Callouts::off;         ///< server.callouts
    DomainChecks domains = DomainChecks::off;  ///< smtp.check_domains
    std::chrono::milliseconds patience =
        std::chrono::seconds(20);                  ///< server.callout_timeout: for one question
    std::string hostname = {};                     ///< server.hostname: for EHLO
    std::vector<IpAddress> server_addresses = {};  ///< server.addresses
    std::uint16_t server_port = 25;                ///< relay.port: where this server is found by others
};

inline bool needs_helper(const Options& options) {
    return options.callouts == Callouts::on || options.domains == DomainChecks::on;
}

}  // namespace postern::callout
