// SPDX-License-Identifier: BSD-2-Clause
// Whether a peer sends its content as fast as it must: so many octets a second, on the average of a window.
// Only the time that is spent waiting for it counts. Pure: the driver tells how long it has waited.
#pragma once

#include <chrono>
#include <cstdint>

namespace postern::wire {

class Pace {
public:
    /// 0 octets a second: any pace will do.
    Pace(std::uint64_t octets_per_second, std::chrono::milliseconds window)
        : rate_(octets_per_second), window_(window) {}

    /// No content is expected any more; what comes next begins a new window.
    void restart();
    /// How much longer the window is; no wait need be longer.
    std::chrono::nanoseconds left() const;
    /// A wait has ended, and `octets` came. False when a window is full and too few octets were in it.
    bool is_kept(std::chrono::nanoseconds waited, std::uint64_t octets);

private:
    std::uint64_t rate_;
    std::chrono::nanoseconds window_;
    std::chrono::nanoseconds waited_{0};
    std::uint64_t octets_ = 0;
};

}  // namespace postern::wire
