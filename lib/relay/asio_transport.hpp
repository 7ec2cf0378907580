// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "relay/transport.hpp"

namespace postern::relay {

/// TCP by Boost.Asio, on the executor of whoever awaits. Small writes are not held back (TCP_NODELAY): a
/// conversation is made of them.
class AsioTransport : public Transport {
public:
    Task<Result<std::unique_ptr<Connection>>> connect(IpAddress address, std::uint16_t port,
                                                      Patience patience) override;
};

}  // namespace postern::relay
