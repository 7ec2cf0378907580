// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/time.hpp"

namespace postern {

/// The wall clock, injected so that a week can be simulated.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

}  // namespace postern
