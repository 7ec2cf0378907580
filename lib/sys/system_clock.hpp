// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/clock.hpp"

namespace postern::sys {

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

}  // namespace postern::sys
