// SPDX-License-Identifier: BSD-2-Clause
// Open files and directories of MemoryFiles; nobody else includes this.
#pragma once

#include "support/memory_files.hpp"

namespace postern::test {

sys::FileInfo to_file_info(const Inode& inode);

class MemoryFile final : public sys::File {
public:
    MemoryFile(MemoryFiles& files, InodePtr inode, std::string path, sys::Access access)
        : files_(files), inode_(std::move(inode)), path_(std::move(path)), access_(access) {}
    ~MemoryFile() override;

    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override;
    Status write_at(std::uint64_t offset, std::string_view bytes) override;
    Status sync() override { return make_durable("sync"); }
    Status sync_data() override { return make_durable("sync_data"); }
    Result<bool> try_lock() override;
    Result<sys::FileInfo> info() const override;

private:
    Status make_durable(std::string_view call);
    void overwrite(std::size_t offset, std::string_view bytes);

    MemoryFiles& files_;
    InodePtr inode_;
    std::string path_;
    sys::Access access_;
};

class MemoryDirectory final : public sys::Directory {
public:
    MemoryDirectory(MemoryFiles& files, InodePtr inode, std::string path)
        : files_(files), inode_(std::move(inode)), path_(std::move(path)) {}
    Status sync() override;

private:
    MemoryFiles& files_;
    InodePtr inode_;
    std::string path_;
};

}  // namespace postern::test
