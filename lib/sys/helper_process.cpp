// SPDX-License-Identifier: BSD-2-Clause
#include "sys/helper_process.hpp"

#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

constexpr timespec kTimeToEnd{3, 0};

/// In the new process: the socket becomes 0, 1 leads nowhere, all others are closed.
PacketEnd keep_only(const PacketEnd& end) {
    ::dup2(end.descriptor(), 0);
    ::close(1);
    (void)::open("/dev/null", O_RDWR);  // becomes 1, the lowest free number
    ::close_range(3, ~0U, 0);
    return PacketEnd(UniqueFd(0));
}

void let_stop_in() {
    ::signal(SIGTERM, SIG_DFL);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    ::sigprocmask(SIG_UNBLOCK, &stop, nullptr);
}

[[noreturn]] void be_helper(const PacketEnd& end, const std::function<void(PacketEnd&)>& work) {
    let_stop_in();
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    PacketEnd only = keep_only(end);
    work(only);
    ::_exit(0);
}

bool has_ended(const UniqueFd& process) {
    pollfd waited{process.number(), POLLIN, 0};
    return process && repeat_if_interrupted([&] { return ::ppoll(&waited, 1, &kTimeToEnd, nullptr); }) > 0;
}

}  // namespace

Result<HelperProcess> HelperProcess::start(const std::function<void(PacketEnd&)>& work) {
    POSTERN_ASSIGN(auto ends, PacketEnd::make_pair());
    const pid_t pid = ::fork();
    if (pid < 0) return errno_error("fork", "a helper");
    if (pid == 0) be_helper(ends.second, work);
    UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    return HelperProcess(pid, std::move(process), std::move(ends.first));
}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), process_(std::move(other.process_)), end_(std::move(other.end_)) {}

HelperProcess::~HelperProcess() {
    if (pid_ < 0) return;
    end_.reset();
    // A confined process may kill nobody: its own end kills the helper then.
    if (!has_ended(process_) && ::kill(pid_, SIGKILL) == -1) return;
    (void)repeat_if_interrupted([&] { return ::waitpid(pid_, nullptr, 0); });
}

}  // namespace postern::sys
