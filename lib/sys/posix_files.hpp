// SPDX-License-Identifier: BSD-2-Clause
// The real file system. Every descriptor is close-on-exec, a file that is a symbolic link is not opened,
// nobody waits for a FIFO, interrupted calls are repeated, short writes completed. Modes are given through
// open(2) and mkdir(2) alone: begin_process() has set a umask that takes nothing but the bits of others.
#pragma once

#include "sys/file_system.hpp"

namespace postern::sys {

class PosixFiles final : public FileSystem {
public:
    Result<std::unique_ptr<File>> create(const std::string& path, unsigned mode) override;
    Result<std::unique_ptr<File>> open(const std::string& path, Access access) override;
    Status append(const std::string& path, std::string_view bytes) override;
    Result<std::unique_ptr<Directory>> open_directory(const std::string& path) override;

    Status rename_new(const std::string& from, const std::string& to) override;
    Status rename_over(const std::string& from, const std::string& to) override;
    Status link(const std::string& from, const std::string& to) override;
    Status unlink(const std::string& path) override;
    Status make_directory(const std::string& path, unsigned mode) override;
    Status remove_directory(const std::string& path) override;

    Result<std::vector<std::string>> list(const std::string& path) override;
    Result<FileInfo> info(const std::string& path) override;
};

}  // namespace postern::sys
