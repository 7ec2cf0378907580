// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace postern::accounts {

/// Another server, as settings name it.
struct OtherServer {
    std::string host;  ///< a name (its addresses are looked up, no MX) or an address
    std::uint16_t port = 25;
    auto operator<=>(const OtherServer&) const = default;
};

}  // namespace postern::accounts
