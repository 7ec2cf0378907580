// SPDX-License-Identifier: BSD-2-Clause
// Named pipes by which one process wakes another (postern-userland(5), run/wake.d). What is written means
// nothing; that something was written is the message, and a pipe that is full says it as well as an empty
// one. Nobody ever waits: a sleeper has its pipe open for reading and writing, so it meets no end of file,
// and who wakes learns at once that nobody is there.
#pragma once

#include <string>

#include "base/result.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

/// The sleeper's side.
class Fifo {
public:
    /// Made when it is missing, for owner and group. Fault::configuration when something else bears the name.
    static Result<Fifo> open(const std::string& path);

    int descriptor() const { return descriptor_.number(); }
    bool has_input() const;
    void drain() const;

private:
    explicit Fifo(UniqueFd descriptor) : descriptor_(std::move(descriptor)) {}
    UniqueFd descriptor_;
};

/// The directory of the pipes, kept open: they are reached from a confined process, too.
class FifoDirectory {
public:
    /// Made when it is missing. One that cannot be opened is as good as an empty one: waking saves time,
    /// and nothing depends on it.
    static FifoDirectory open(const std::string& path);

    enum class Reached { somebody, nobody };
    Reached knock(const std::string& name) const;

private:
    explicit FifoDirectory(UniqueFd descriptor) : descriptor_(std::move(descriptor)) {}
    UniqueFd descriptor_;
};

}  // namespace postern::sys
