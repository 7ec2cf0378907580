// SPDX-License-Identifier: BSD-2-Clause
// Which system calls a process may still make (seccomp(2)). The lists are sys/calls/*.calls, compiled by the
// build; a call that is on none of them fails with EPERM, one that only an intruder makes ends the process
// (SIGSYS), and the kernel notes that in its own log.
#pragma once

#include <span>

#include "base/result.hpp"

namespace postern::sys {

enum class CallList { session, runner };

/// The calls that it allows, by name, sorted.
std::span<const char* const> names_in(CallList list);

bool kernel_filters_calls();
/// For good. Wants no_new_privs.
Status allow_only(CallList list);

}  // namespace postern::sys
