// SPDX-License-Identifier: BSD-2-Clause
// What a server offers in its reply to EHLO (RFC 5321 §4.1.1.1), as far as this client uses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace postern::smtp {

/// RFC 9422 §3.2; 0 = not said.
struct TransactionLimits {
    std::size_t messages = 0;    ///< MAILMAX: in a session
    std::size_t recipients = 0;  ///< RCPTMAX: of a message
    std::size_t domains = 0;     ///< RCPTDOMAINMAX: that its recipients are in
    bool operator==(const TransactionLimits&) const = default;
};

struct Extensions {
    bool pipelining = false;            ///< RFC 2920
    bool eight_bit_mime = false;        ///< RFC 6152
    bool chunking = false;              ///< RFC 3030
    bool binary_mime = false;           ///< RFC 3030
    bool dsn = false;                   ///< RFC 3461
    bool etrn = false;                  ///< RFC 1985
    bool smtputf8 = false;              ///< RFC 6531
    bool starttls = false;              ///< RFC 3207
    bool require_tls = false;           ///< RFC 8689
    bool size = false;                  ///< RFC 1870
    std::uint64_t largest_message = 0;  ///< its argument; 0 = not said, or no fixed limit
    TransactionLimits limits = {};
    bool operator==(const Extensions&) const = default;
};

/// From the lines of the reply, divided by '\n'; the first greets and offers nothing.
Extensions parse_extensions(std::string_view ehlo_reply_text);

}  // namespace postern::smtp
