// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <cstddef>

#include <boost/asio/any_io_executor.hpp>

#include "relay/bell.hpp"
#include "relay/task.hpp"

namespace postern::relay {

/// Coroutines that go on beside the one that started them, in the same thread. It outlives them.
class Crew {
public:
    explicit Crew(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

    void start(Task<void> work);
    /// Until all have ended, those too that are started meanwhile.
    Task<void> all_done();

private:
    Task<void> run(Task<void> work);

    boost::asio::any_io_executor executor_;
    std::size_t at_work_ = 0;
    Bell done_;
};

/// Lets the others go on, after a stretch of work that waited for nothing.
Task<void> breathe();

}  // namespace postern::relay
