// SPDX-License-Identifier: BSD-2-Clause
// Everything that waits for the network is a coroutine of Boost.Asio, so that many can wait in one thread.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace postern::relay {

template <class Value>
using Task = boost::asio::awaitable<Value>;

}  // namespace postern::relay
