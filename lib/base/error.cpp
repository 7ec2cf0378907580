// SPDX-License-Identifier: BSD-2-Clause
#include "base/error.hpp"

#include <cerrno>
#include <cstring>

namespace postern {

namespace {

Fault fault_of(int error_number) {
    switch (error_number) {
        case ENOENT:
        case ENOTDIR: return Fault::not_found;
        case EEXIST:
        case ENOTEMPTY: return Fault::exists;
        case ENOSPC:
        case EDQUOT: return Fault::no_space;
        case EACCES:
        case EPERM:
        case EROFS: return Fault::no_permission;
        case ENAMETOOLONG:
        case EINVAL:
        case EBADF:
        case EFAULT: return Fault::internal;
        default: return Fault::temporary;
    }
}

}  // namespace

Error Error::from_errno(std::string_view doing, int error_number) {
    return {fault_of(error_number), std::string(doing) + ": " + std::strerror(error_number)};
}

Error Error::in(std::string_view doing) const { return {fault_, std::string(doing) + ": " + what_}; }

int exit_status(const Error& error) {
    switch (error.fault()) {
        case Fault::temporary:
        case Fault::no_space: return 75;       // EX_TEMPFAIL
        case Fault::permanent: return 65;      // EX_DATAERR
        case Fault::usage: return 64;          // EX_USAGE
        case Fault::not_found: return 66;      // EX_NOINPUT
        case Fault::exists: return 65;         // EX_DATAERR
        case Fault::no_permission: return 77;  // EX_NOPERM
        case Fault::configuration: return 78;  // EX_CONFIG
        case Fault::internal: return 70;       // EX_SOFTWARE
    }
    return 70;
}

}  // namespace postern
