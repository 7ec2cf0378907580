// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/ip_address.hpp"

namespace postern::callout {

enum class Callouts { off, on };

struct Options {
    Callouts callouts = Callouts::off;  ///< server.callouts
    std::chrono::milliseconds patience =
        std::chrono::seconds(20);                  ///< server.callout_timeout: for one question
    std::string hostname = {};                     ///< server.hostname: for EHLO
    std::vector<IpAddress> server_addresses = {};  ///< server.addresses
    std::uint16_t server_port = 25;                ///< relay.port: where this server is found by others
};

}  // namespace postern::callout
