// SPDX-License-Identifier: BSD-2-Clause
// How a file of the userland is changed: under a lock, written whole beside the old one, synced, renamed
// over it, the directory synced. A reader sees the old file or the new one; two writers lose nothing.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "sys/file_system.hpp"

namespace postern::sys {

/// The lock of one userland (`PATH`, usually ROOT/.lock); held until destroyed.
class EditLock {
public:
    /// Waits up to `patience`; Fault::temporary ("locked by another smtpctl") after that.
    static Result<EditLock> acquire(FileSystem& files, const std::string& path,
                                    std::chrono::milliseconds patience);

private:
    explicit EditLock(std::unique_ptr<File> file) : file_(std::move(file)) {}
    std::unique_ptr<File> file_;
};

/// Durable when it returns. On error the old file is still there, whole; only when the last step failed, the
/// sync of the directory, the new one is in its place, whole as well, but a power cut may bring back the old.
Status replace_file(FileSystem& files, const std::string& path, std::string_view content, unsigned mode);
/// Removes the file durably.
Status remove_file(FileSystem& files, const std::string& path);

}  // namespace postern::sys
