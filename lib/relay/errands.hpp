// SPDX-License-Identifier: BSD-2-Clause
// Work that blocks (a look-up in the DNS) is done beside the thread that all conversations share.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include <boost/asio/thread_pool.hpp>

#include "relay/task.hpp"

namespace postern::relay {

class Errands {
public:
    virtual ~Errands() = default;
    /// Until `work` has been done.
    virtual Task<void> run(std::function<void()> work) = 0;
};

/// By threads, so many at once; they are started at the first errand, because most passes have none.
class ThreadErrands final : public Errands {
public:
    explicit ThreadErrands(std::size_t threads) : threads_(threads) {}
    Task<void> run(std::function<void()> work) override;

private:
    std::size_t threads_;
    std::optional<boost::asio::thread_pool> pool_;
};

/// At once, by whoever asks: where nothing blocks, as in tests.
class InlineErrands final : public Errands {
public:
    Task<void> run(std::function<void()> work) override;
};

}  // namespace postern::relay
