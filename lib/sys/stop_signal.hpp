// SPDX-License-Identifier: BSD-2-Clause
// For the .cpp files of sys/: SIGTERM between hold_back_stop and those who wait.
#pragma once

#include <csignal>

namespace postern::sys {

/// The signal mask to wait with, in which SIGTERM is let in; null before hold_back_stop.
const sigset_t* mask_while_waiting();

}  // namespace postern::sys
