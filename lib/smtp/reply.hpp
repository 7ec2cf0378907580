// SPDX-License-Identifier: BSD-2-Clause
// A reply of an SMTP server (RFC 5321 §4.2): code, enhanced status (RFC 3463) and text.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace postern::smtp {

/// A server's reply. Every one that Postern utters stands in replies.hpp.
struct Reply {
    int code = 0;
    std::string status = {};  ///< "5.1.1"; "" where RFC 2034 has none (220, 250 to EHLO, 354)
    std::string text = {};    ///< one line, or several divided by '\n'

    bool is_positive() const { return code < 400; }
    bool is_temporary() const { return code >= 400 && code < 500; }
    bool is_permanent() const { return code >= 500; }
    bool operator==(const Reply&) const = default;
};

/// What the client reads: UTF-8 only where it has said so (RFC 6531 §3.7.4.2).
enum class Charset { ascii, utf8 };

/// As bytes for the wire: every line ends in CRLF and has at most 512 octets (§4.5.3.1.5).
std::string to_wire(const Reply& reply, Charset charset = Charset::ascii);

/// The catalogue reply for an error; its text is never shown to the peer. The only such translation.
Reply reply_for(const Error& error);

}  // namespace postern::smtp
