// SPDX-License-Identifier: BSD-2-Clause
#include "administrator.hpp"

#include <cstdlib>

#include <pwd.h>
#include <unistd.h>

namespace postern::smtpctl {

std::string administrator() {
    const uid_t user = getuid();
    const char* const caller = user == 0 ? std::getenv("SUDO_USER") : nullptr;
    if (caller != nullptr && *caller != '\0') return caller;
    const passwd* const entry = getpwuid(user);
    return entry != nullptr ? entry->pw_name : std::to_string(user);
}

}  // namespace postern::smtpctl
