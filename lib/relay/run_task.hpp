// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "relay/task.hpp"

namespace postern::relay {

namespace detail {

template <class Value>
Task<void> keep(Task<Value> task, std::optional<Value>& result) {
    result.emplace(co_await std::move(task));
}

}  // namespace detail

/// Runs a task, and all that it waits for, to its end.
template <class Value>
Value run_task(Task<Value> task) {
    boost::asio::io_context context(1);
    std::optional<Value> result;
    boost::asio::co_spawn(context, detail::keep(std::move(task), result), boost::asio::detached);
    context.run();
    return *std::move(result);
}

}  // namespace postern::relay
