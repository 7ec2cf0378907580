// SPDX-License-Identifier: BSD-2-Clause
// Open files and directories of PosixFiles; nobody else includes this.
#pragma once

#include <string>

#include <sys/stat.h>

#include "sys/file_system.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

FileInfo to_file_info(const struct stat& status);

class PosixFile final : public File {
public:
    PosixFile(UniqueFd descriptor, std::string path)
        : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override;
    Status write_at(std::uint64_t offset, std::string_view bytes) override;
    Status sync() override;
    Status sync_data() override;
    Result<bool> try_lock() override;
    Result<FileInfo> info() const override;

private:
    UniqueFd descriptor_;
    std::string path_;
};

class PosixDirectory final : public Directory {
public:
    PosixDirectory(UniqueFd descriptor, std::string path)
        : descriptor_(std::move(descriptor)), path_(std::move(path)) {}
    Status sync() override;

private:
    UniqueFd descriptor_;
    std::string path_;
};

}  // namespace postern::sys
