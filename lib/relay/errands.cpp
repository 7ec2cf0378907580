// SPDX-License-Identifier: BSD-2-Clause
#include "relay/errands.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace postern::relay {

namespace {

Task<void> do_it(std::function<void()> work) {
    work();
    co_return;
}

}  // namespace

Task<void> ThreadErrands::run(std::function<void()> work) {
    if (!pool_) pool_.emplace(threads_);
    co_await boost::asio::co_spawn(pool_->get_executor(), do_it(std::move(work)), boost::asio::use_awaitable);
}

Task<void> InlineErrands::run(std::function<void()> work) {
    work();
    co_return;
}

}  // namespace postern::relay
