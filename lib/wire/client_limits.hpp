// SPDX-License-Identifier: BSD-2-Clause
// How long a client waits (RFC 5321 §4.5.3.2): until when a block must be sent, the next reply be there, and
// all be over that was begun. Whoever drives a client asks, and says what time it is.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "smtp/client.hpp"
#include "sys/stream.hpp"

namespace postern::wire {

class ClientLimits {
public:
    /// Nothing of what follows lasts longer than this.
    void allow(sys::Deadline now, std::chrono::milliseconds patience);
    sys::Deadline for_block(sys::Deadline now) const;
    /// A limit for each whole reply: a host that sends an octet now and then gains nothing by it.
    sys::Deadline for_reply(sys::Deadline now, const smtp::Client& client);

private:
    sys::Deadline limit_{};
    std::optional<sys::Deadline> reply_ = std::nullopt;
    std::size_t replies_ = 0;  ///< as many were there when it was set
};

}  // namespace postern::wire
