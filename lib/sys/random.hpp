// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/randomness.hpp"

namespace postern::sys {

/// The kernel's generator, getrandom(2): one system call, no file, no state.
class SystemRandomness final : public Randomness {
public:
    void fill(std::span<unsigned char> bytes) override;
};

}  // namespace postern::sys
