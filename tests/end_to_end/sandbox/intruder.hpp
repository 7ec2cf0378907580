// SPDX-License-Identifier: BSD-2-Clause
// Somebody who has taken over a process of Postern, and the things that he tries in it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sys/unique_fd.hpp"

namespace postern::intruder {

/// What the process has open or knows, and what the test has put there for him.
struct Prey {
    std::string root;       ///< the userland
    std::string message;    ///< the path of somebody else's message in received/now
    int process = 0;        ///< another process of the same user
    int received_now = -1;  ///< the open directory
    int log = -1;           ///< the open log file
    int socket = -1;        ///< an open socket that is not connected
};

/// One thing to try. `attempt` returns whether it succeeded.
struct Attempt {
    std::string name;
    std::function<bool(const Prey&)> attempt;
    bool fails_anyway = false;  ///< where an ordinary user, or this kernel, cannot do it in any case
};

std::vector<Attempt> attempts_at_files();
std::vector<Attempt> attempts_at_processes();
std::vector<Attempt> attempts_at_kernel();

}  // namespace postern::intruder
