// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/randomness.hpp"

namespace postern::test {

/// Counts instead of drawing: every fill differs from the one before, every run is the same.
class FakeRandomness final : public Randomness {
public:
    explicit FakeRandomness(unsigned start = 0) : count_(start) {}

    /// The count, most significant octet first, at the end of `bytes`; zeros before it.
    void fill(std::span<unsigned char> bytes) override {
        unsigned rest = ++count_;
        for (auto octet = bytes.rbegin(); octet != bytes.rend(); ++octet, rest >>= 8)
            *octet = static_cast<unsigned char>(rest & 0xff);
    }

private:
    unsigned count_;
};

}  // namespace postern::test
