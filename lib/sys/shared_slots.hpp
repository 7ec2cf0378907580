// SPDX-License-Identifier: BSD-2-Clause
// So many processes at once may do something that costs much, and no more: each holds the OFD lock of one
// byte of a file. The lock goes with the process, however that ends.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "sys/stream.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

class SharedSlots {
public:
    /// The file is made if it is not there. To be opened in the process that uses it: what a child inherits
    /// is the same lock.
    static Result<SharedSlots> open(const std::string& path, unsigned count);

    /// Holds a slot, and at most one, until release(). False when none was free until then.
    Result<bool> take(Deadline until);
    void release();

private:
    SharedSlots(UniqueFd file, unsigned count) : file_(std::move(file)), count_(count) {}
    Result<bool> try_each(unsigned first);
    Result<bool> try_slot(unsigned slot);

    UniqueFd file_;
    unsigned count_;
    std::optional<unsigned> held_;
};

}  // namespace postern::sys
