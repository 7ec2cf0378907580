// SPDX-License-Identifier: BSD-2-Clause
// The claim on a spool file: an exclusive flock(2) on the open file, and a name that still leads to it. A
// dead process's claims end with it (postern-spool(5), CLAIMS).
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "sys/file_system.hpp"

namespace postern::spool {

/// Why a file is not ours to work on.
struct NotClaimed {
    enum class Why {
        locked,   ///< somebody else works on it
        gone,     ///< renamed or removed meanwhile
        damaged,  ///< sum or line 1 does not fit; `what` says how. The file is left where it is.
    } why;
    std::string what = {};
};

using LockedFile = std::unique_ptr<sys::File>;

/// Opens and locks a file that is there, without waiting.
Result<std::variant<LockedFile, NotClaimed>> lock_file(sys::FileSystem& files, const std::string& path);

/// A new file, locked. Starts again when a sweep took it for a dead one's between creation and lock.
Result<LockedFile> create_locked(sys::FileSystem& files, const std::string& path);

/// Renames a file whose lock is held into `directory`, under a free name.
Status rename_aside(sys::FileSystem& files, const std::string& path, const std::string& directory);

/// The same for a file that is to be locked first, whatever stands in it. False when somebody else has it,
/// or had.
Result<bool> put_aside(sys::FileSystem& files, const std::string& path, const std::string& directory);

}  // namespace postern::spool
