// SPDX-License-Identifier: BSD-2-Clause
// Reads an open file through one buffer. What the buffer holds is not read again, so a small spool file
// costs one read for line 1, content and log together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sys/file_system.hpp"

namespace postern::spool {

class Window {
public:
    explicit Window(const sys::File& file);

    /// Octets from `offset` on, as many as the buffer holds; empty only at the end of the file. Valid until
    /// the next call.
    Result<std::string_view> at(std::uint64_t offset);

private:
    const sys::File& file_;
    std::string buffer_;
    std::uint64_t start_ = 0;
    std::size_t length_ = 0;
    bool reaches_end_ = false;
};

}  // namespace postern::spool
