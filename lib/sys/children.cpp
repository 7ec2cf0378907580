// SPDX-License-Identifier: BSD-2-Clause
#include "sys/children.hpp"

#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace postern::sys {

namespace {

sigset_t set_of(std::initializer_list<int> signals) {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : signals) sigaddset(&set, signal);
    return set;
}

ChildEnd end_of(int pid, int status) {
    if (WIFSIGNALED(status)) return {pid, 0, WTERMSIG(status)};
    return {pid, WEXITSTATUS(status), 0};
}

}  // namespace

void end_with_parent(int parent) {
    (void)::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) (void)::raise(SIGTERM);
}

Result<Children> Children::begin() {
    const auto signals = set_of({SIGCHLD, SIGTERM, SIGINT});
    if (sigprocmask(SIG_BLOCK, &signals, nullptr) != 0) return Error::from_errno("sigprocmask", errno);
    UniqueFd descriptor(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
    if (!descriptor) return Error::from_errno("signalfd", errno);
    return Children(std::move(descriptor));
}

Result<int> Children::start(const std::function<int()>& work) {
    const pid_t pid = ::fork();
    if (pid < 0) return Error::from_errno("fork", errno);
    if (pid == 0) {
        signals_ = UniqueFd();
        const auto back = set_of({SIGCHLD});
        (void)sigprocmask(SIG_UNBLOCK, &back, nullptr);
        ::_exit(work());
    }
    alive_.insert(pid);
    return pid;
}

std::vector<ChildEnd> Children::reap() {
    std::vector<ChildEnd> ended;
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        alive_.erase(pid);
        ended.push_back(end_of(pid, status));
    }
    return ended;
}

void Children::stop_all() const {
    for (const int pid : alive_) (void)::kill(pid, SIGTERM);
}

Children::Wakeup Children::wait(std::span<const int> descriptors,
                                std::optional<std::chrono::milliseconds> patience) const {
    std::vector<pollfd> waiting{{signals_.number(), POLLIN, 0}};
    for (const int descriptor : descriptors) waiting.push_back({descriptor, POLLIN, 0});
    const int timeout = patience ? static_cast<int>(patience->count()) : -1;
    if (::poll(waiting.data(), waiting.size(), timeout) <= 0) return {};
    Wakeup wakeup;
    if (waiting[0].revents != 0) wakeup.told_to_stop = read_stop_signal();
    for (std::size_t i = 1; i < waiting.size(); ++i)
        if (waiting[i].revents != 0) wakeup.readable.push_back(i - 1);
    return wakeup;
}

bool Children::read_stop_signal() const {
    bool stop = false;
    signalfd_siginfo info{};
    while (::read(signals_.number(), &info, sizeof info) == sizeof info)
        stop = stop || info.ssi_signo != SIGCHLD;
    return stop;
}

}  // namespace postern::sys
