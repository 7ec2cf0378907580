// SPDX-License-Identifier: BSD-2-Clause
#include "spool/window.hpp"

namespace postern::spool {

namespace {

constexpr std::size_t kWindow = 32 * 1024;

}  // namespace

Window::Window(const sys::File& file) : file_(file), buffer_(kWindow, '\0') {}

Result<std::string_view> Window::at(std::uint64_t offset) {
    const std::uint64_t end = start_ + length_;
    const bool is_inside = offset >= start_ && (offset < end || (reaches_end_ && offset == end));
    if (!is_inside) {
        POSTERN_ASSIGN(length_, file_.read_at(offset, buffer_));
        start_ = offset;
        reaches_end_ = length_ < buffer_.size();
    }
    return std::string_view(buffer_).substr(offset - start_, length_ - (offset - start_));
}

}  // namespace postern::spool
