// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <utility>

namespace postern::sys {

/// Owns a file descriptor and closes it. -1 = none.
class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int descriptor) : descriptor_(descriptor) {}
    UniqueFd(UniqueFd&& other) noexcept : descriptor_(other.release()) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        UniqueFd old(std::exchange(descriptor_, other.release()));
        return *this;
    }
    ~UniqueFd();

    int number() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }
    /// Gives it up without closing it.
    int release() { return std::exchange(descriptor_, -1); }

private:
    int descriptor_ = -1;
};

}  // namespace postern::sys
