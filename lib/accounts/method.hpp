// SPDX-License-Identifier: BSD-2-Clause
// By which way an account gets its mail: into its Maildir, unless its own settings or those of its domain
// say otherwise.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace postern::accounts {

struct IntoMaildir {
    auto operator<=>(const IntoMaildir&) const = default;
};

/// An LMTP server (RFC 2033).
struct LmtpServer {
    std::string host = {};  ///< a name or an address; "" = by `socket`
    std::uint16_t port = 0;
    std::string socket = {};  ///< path of a Unix socket

    /// "unix:/PATH" or "HOST:PORT"; an IPv6 address stands in brackets.
    static std::optional<LmtpServer> parse(std::string_view text);
    /// A socket, the loopback address or "localhost": what goes there passes no network.
    bool is_on_this_host() const;
    /// As parse reads it.
    std::string to_string() const;
    auto operator<=>(const LmtpServer&) const = default;
};

/// A program and its arguments, the same for every message.
struct DeliveryCommand {
    std::vector<std::string> arguments;  ///< the first one is an absolute path
    auto operator<=>(const DeliveryCommand&) const = default;
};

using Method = std::variant<IntoMaildir, LmtpServer, DeliveryCommand>;

/// May these be the words of a command? The first is an absolute path; none has a NUL.
bool is_legal_command(const std::vector<std::string>& arguments);

}  // namespace postern::accounts
