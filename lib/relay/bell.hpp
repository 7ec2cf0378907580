// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "relay/task.hpp"

namespace postern::relay {

/// Where coroutines of one thread wait for each other.
class Bell {
public:
    Bell() = default;
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;

    Task<void> wait();  ///< until the next ring
    void ring();        ///< wakes all who wait now; they go on when the one who rings waits

private:
    std::vector<boost::asio::steady_timer*> waiting_;
};

}  // namespace postern::relay
