// SPDX-License-Identifier: BSD-2-Clause
#include "relay/bell.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace postern::relay {

Task<void> Bell::wait() {
    namespace asio = boost::asio;
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    waiting_.push_back(&timer);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Bell::ring() {
    for (auto* timer : std::exchange(waiting_, {})) timer->cancel();
}

}  // namespace postern::relay
