// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/clock.hpp"

namespace postern::test {

/// A clock that stands still until it is set: a week passes in no time.
class FakeClock final : public Clock {
public:
    /// 2026-11-21T20:30:00Z unless told otherwise.
    FakeClock() : now_(*parse_rfc3339("2026-11-21T20:30:00Z")) {}
    explicit FakeClock(Instant now) : now_(now) {}

    Instant now() const override { return now_; }
    void set(Instant now) { now_ = now; }
    void advance(std::chrono::milliseconds by) { now_ += by; }

private:
    Instant now_;
};

}  // namespace postern::test
