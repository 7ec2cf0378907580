// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace postern::test {

/// Runs `body` in a child process, for what a process does to itself, and returns its exit status; 128 and
/// the signal when one ended it. `body` returns the status; nothing of Boost.Test may be used in it.
template <class Body>
int status_of_child(Body body) {
    const pid_t child = ::fork();
    if (child == -1) throw std::runtime_error("fork");
    if (child == 0) ::_exit(body());
    int status = 0;
    if (::waitpid(child, &status, 0) != child) throw std::runtime_error("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace postern::test
