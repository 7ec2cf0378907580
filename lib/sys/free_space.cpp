// SPDX-License-Identifier: BSD-2-Clause
#include "sys/free_space.hpp"

#include <sys/statvfs.h>

#include "sys/system_call.hpp"

namespace postern::sys {

Result<std::uint64_t> free_space(const std::string& path) {
    struct statvfs status {};
    POSTERN_TRY(check_call("statvfs", path, [&] { return ::statvfs(path.c_str(), &status); }));
    return std::uint64_t{status.f_bavail} * status.f_frsize;
}

}  // namespace postern::sys
