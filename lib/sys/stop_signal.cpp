// SPDX-License-Identifier: BSD-2-Clause
#include "sys/stop_signal.hpp"

#include <sys/signalfd.h>

#include "sys/process.hpp"
#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

// A signal arrives at the process, so what it left behind cannot belong to anything smaller.
volatile std::sig_atomic_t stop_came = 0;
sigset_t waiting_mask;
bool is_held_back = false;

void note_stop(int) { stop_came = 1; }

sigset_t only_stop() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

const sigset_t* mask_while_waiting() { return is_held_back ? &waiting_mask : nullptr; }

void hold_back_stop() {
    struct sigaction action {};
    action.sa_handler = note_stop;
    ::sigaction(SIGTERM, &action, nullptr);  // without SA_RESTART: it has to end a wait
    const sigset_t stop = only_stop();
    ::sigprocmask(SIG_BLOCK, &stop, &waiting_mask);
    sigdelset(&waiting_mask, SIGTERM);
    is_held_back = true;
}

bool told_to_stop() {
    if (stop_came != 0) return true;
    sigset_t pending;
    return ::sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1;
}

Result<UniqueFd> open_stop_signal() {
    const sigset_t stop = only_stop();
    UniqueFd descriptor(::signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!descriptor) return errno_error("signalfd", "SIGTERM");
    return descriptor;
}

}  // namespace postern::sys
