// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/lmtp_dialer.hpp"

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "sys/dial.hpp"

namespace postern::delivery {

namespace {

constexpr auto kDialPatience = std::chrono::seconds(30);

}  // namespace

/// An error only where nothing was found.
Result<std::vector<IpAddress>> SocketDialer::addresses_of(const std::string& host) {
    if (const auto literal = IpAddress::parse(host)) return std::vector{*literal};
    if (host == "localhost")  // RFC 6761 §6.3: not for the DNS to say
        return std::vector{*IpAddress::parse("::1"), *IpAddress::parse("127.0.0.1")};
    std::vector<IpAddress> all;
    Status trouble = done;
    for (const auto family : {IpAddress::Family::v6, IpAddress::Family::v4}) {
        const auto found = resolver_.addresses(host, family);
        if (found)
            all.insert(all.end(), found->records.begin(), found->records.end());
        else
            trouble = found.error();
    }
    if (all.empty() && !trouble) return trouble.error();
    if (all.empty()) return Error(Fault::temporary, host + " has no address");
    return all;
}

Result<std::unique_ptr<sys::Stream>> SocketDialer::dial(const accounts::LmtpServer& server) {
    if (!server.socket.empty()) return sys::dial(server.socket);
    POSTERN_ASSIGN(const auto addresses, addresses_of(server.host));
    Result<std::unique_ptr<sys::Stream>> dialled = Error(Fault::temporary, "no address to try");
    for (const auto& address : addresses) {
        dialled = sys::dial({address, server.port}, kDialPatience);
        if (dialled) break;
    }
    return dialled;
}

}  // namespace postern::delivery
