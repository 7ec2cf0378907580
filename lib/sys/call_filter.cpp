// SPDX-License-Identifier: BSD-2-Clause
#include "sys/call_filter.hpp"

#include <cstdint>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

#include <postern_calls/runner.inc>
#include <postern_calls/session.inc>

struct Compiled {
    std::span<const sock_filter> program;
    std::span<const char* const> names;
};

Compiled compiled(CallList list) {
    switch (list) {
        case CallList::runner: return {k_runner_program, k_runner_names};
        case CallList::session: return {k_session_program, k_session_names};
    }
    return {};
}

}  // namespace

std::span<const char* const> names_in(CallList list) { return compiled(list).names; }

bool kernel_filters_calls() {
    const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

Status allow_only(CallList list) {
    const auto program = compiled(list).program;
    // The kernel only reads it.
    const sock_fprog filter{static_cast<unsigned short>(program.size()),
                            const_cast<sock_filter*>(program.data())};
    return check_call("seccomp", "this process",
                      [&] { return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter); });
}

}  // namespace postern::sys
