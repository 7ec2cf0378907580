// SPDX-License-Identifier: BSD-2-Clause
#include "sys/system_clock.hpp"

namespace postern::sys {

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace postern::sys
