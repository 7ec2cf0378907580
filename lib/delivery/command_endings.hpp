// SPDX-License-Identifier: BSD-2-Clause
// What the end of a delivery command means for the recipient: sysexits(3) as RFC 3463 says it. Pure.
#pragma once

#include "delivery/outcomes.hpp"
#include "sys/run_command.hpp"

namespace postern::delivery {

/// What the command said is the reason, in one harmless line.
Ending ending_of(const sys::CommandEnd& end);

}  // namespace postern::delivery
