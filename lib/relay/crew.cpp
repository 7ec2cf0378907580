// SPDX-License-Identifier: BSD-2-Clause
#include "relay/crew.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace postern::relay {

void Crew::start(Task<void> work) {
    ++at_work_;
    boost::asio::co_spawn(executor_, run(std::move(work)), boost::asio::detached);
}

Task<void> Crew::run(Task<void> work) {
    co_await std::move(work);
    if (--at_work_ == 0) done_.ring();
}

Task<void> Crew::all_done() {
    while (at_work_ > 0) co_await done_.wait();
}

Task<void> breathe() { co_await boost::asio::post(boost::asio::use_awaitable); }

}  // namespace postern::relay
