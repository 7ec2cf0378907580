// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <span>

namespace postern {

/// A source of unpredictable octets, injected so that tests can foresee them.
class Randomness {
public:
    virtual ~Randomness() = default;
    virtual void fill(std::span<unsigned char> bytes) = 0;
};

}  // namespace postern
