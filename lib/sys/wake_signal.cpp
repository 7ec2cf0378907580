// SPDX-License-Identifier: BSD-2-Clause
#include "sys/wake_signal.hpp"

#include <csignal>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

Result<WakeSignal> WakeSignal::begin() {
    sigset_t wake;
    sigemptyset(&wake);
    sigaddset(&wake, SIGUSR1);
    if (::sigprocmask(SIG_BLOCK, &wake, nullptr) != 0) return errno_error("sigprocmask", "SIGUSR1");
    UniqueFd descriptor(::signalfd(-1, &wake, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!descriptor) return errno_error("signalfd", "SIGUSR1");
    return WakeSignal(std::move(descriptor));
}

bool WakeSignal::has_come() const {
    pollfd asked{descriptor_.number(), POLLIN, 0};
    return ::poll(&asked, 1, 0) > 0;
}

void WakeSignal::forget() const {
    signalfd_siginfo info{};
    while (::read(descriptor_.number(), &info, sizeof info) == sizeof info) continue;
}

}  // namespace postern::sys
