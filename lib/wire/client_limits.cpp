// SPDX-License-Identifier: BSD-2-Clause
#include "wire/client_limits.hpp"

#include <algorithm>
#include <utility>

#include "smtp/client_patience.hpp"

namespace postern::wire {

void ClientLimits::allow(sys::Deadline now, std::chrono::milliseconds patience) {
    limit_ = now + patience;
    reply_.reset();
}

sys::Deadline ClientLimits::for_block(sys::Deadline now) const {
    return std::min<sys::Deadline>(now + smtp::kBlockPatience, limit_);
}

sys::Deadline ClientLimits::for_reply(sys::Deadline now, const smtp::Client& client) {
    if (std::exchange(replies_, client.replies()) != client.replies()) reply_.reset();
    if (!reply_) reply_ = now + smtp::reply_patience(client.awaited());
    return std::min(*reply_, limit_);
}

}  // namespace postern::wire
