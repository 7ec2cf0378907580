// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/method.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/ip_address.hpp"
#include "mail/domain.hpp"

namespace postern::accounts {

namespace {

constexpr std::string_view kUnixPrefix = "unix:";
constexpr std::size_t kLongestSocketPath = 107;  // sockaddr_un(7)

bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

bool is_absolute(std::string_view path) { return path.starts_with('/') && path.size() > 1; }

}  // namespace

std::optional<LmtpServer> LmtpServer::parse(std::string_view text) {
    if (text.starts_with(kUnixPrefix)) {
        const auto path = text.substr(kUnixPrefix.size());
        if (!is_absolute(path) || has_nul(path) || path.size() > kLongestSocketPath) return std::nullopt;
        return LmtpServer{.socket = std::string(path)};
    }
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = ascii::parse_number<std::uint16_t>(text.substr(colon + 1));
    if (!port || *port == 0) return std::nullopt;
    auto host = text.substr(0, colon);
    const bool in_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (in_brackets) host = host.substr(1, host.size() - 2);
    const auto address = IpAddress::parse(host);
    const bool is_legal =
        address ? in_brackets != address->is_v4() : !in_brackets && mail::Domain::parse(host);
    if (!is_legal) return std::nullopt;
    return LmtpServer{.host = std::string(host), .port = *port};
}

bool LmtpServer::is_on_this_host() const {
    const auto address = IpAddress::parse(host);
    return !socket.empty() || host == "localhost" || (address && address->is_loopback());
}

std::string LmtpServer::to_string() const {
    if (!socket.empty()) return std::string(kUnixPrefix) + socket;
    const bool is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

bool is_legal_command(const std::vector<std::string>& arguments) {
    return !arguments.empty() && is_absolute(arguments.front()) && std::ranges::none_of(arguments, has_nul);
}

}  // namespace postern::accounts
