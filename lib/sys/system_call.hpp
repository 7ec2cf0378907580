// SPDX-License-Identifier: BSD-2-Clause
// For the .cpp files of sys/: a system call as a Status, repeated when a signal interrupted it.
#pragma once

#include <cerrno>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace postern::sys {

/// The call's result; -1 with errno set as it failed for good.
template <class Call>
auto repeat_if_interrupted(Call call) {
    for (;;) {
        const auto result = call();
        if (result != -1 || errno != EINTR) return result;
    }
}

inline Error errno_error(std::string_view doing, std::string_view object) {
    const int error_number = errno;
    return Error::from_errno(std::string(doing) + " " + std::string(object), error_number);
}

/// `doing` and `object` name the call in its error: "unlink spool/incoming/x".
template <class Call>
Status check_call(std::string_view doing, std::string_view object, Call call) {
    if (repeat_if_interrupted(call) == -1) return errno_error(doing, object);
    return done;
}

}  // namespace postern::sys
