// SPDX-License-Identifier: BSD-2-Clause
// The seam to LMTP servers: a stream to one, by Unix socket or TCP.
#pragma once

#include <memory>

#include "accounts/method.hpp"
#include "base/result.hpp"
#include "dns/resolver.hpp"
#include "sys/stream.hpp"

namespace postern::delivery {

class LmtpDialer {
public:
    virtual ~LmtpDialer() = default;
    /// An Error says why there is no connection at present.
    virtual Result<std::unique_ptr<sys::Stream>> dial(const accounts::LmtpServer& server) = 0;
};

/// Real sockets. Names are looked up in the DNS, IPv6 first; "localhost" never is.
class SocketDialer final : public LmtpDialer {
public:
    explicit SocketDialer(dns::Resolver& resolver) : resolver_(resolver) {}
    Result<std::unique_ptr<sys::Stream>> dial(const accounts::LmtpServer& server) override;

private:
    Result<std::vector<IpAddress>> addresses_of(const std::string& host);

    dns::Resolver& resolver_;
};

}  // namespace postern::delivery
