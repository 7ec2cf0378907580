// SPDX-License-Identifier: BSD-2-Clause
// What a server offers in its reply to EHLO (RFC 5321 §4.1.1.1), as far as this client uses it.
#pragma once

#include <cstdint>
#include <string_view>

namespace postern::smtp {

struct Extensions {
    bool pipelining = false;            ///< RFC 2920
    bool eight_bit_mime = false;        ///< RFC 6152
    bool size = false;                  ///< RFC 1870
    std::uint64_t largest_message = 0;  ///< its argument; 0 = not said, or no fixed limit
    bool operator==(const Extensions&) const = default;
};

/// From the lines of the reply, divided by '\n'; the first greets and offers nothing.
Extensions parse_extensions(std::string_view ehlo_reply_text);

}  // namespace postern::smtp
