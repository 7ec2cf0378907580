// SPDX-License-Identifier: BSD-2-Clause
#include "support/memory_file.hpp"

#include <algorithm>

namespace postern::test {

sys::FileInfo to_file_info(const Inode& inode) {
    return {inode.kind, 1, inode.number, inode.links, inode.content.size(), inode.modified};
}

MemoryFile::~MemoryFile() {
    if (inode_->lock_holder == this) inode_->lock_holder = nullptr;
}

Result<std::size_t> MemoryFile::read_at(std::uint64_t offset, std::span<char> into) const {
    POSTERN_TRY(files_.plan_.begin("read_at", path_));
    const std::string& content = inode_->content;
    if (offset >= content.size()) return std::size_t{0};
    return content.copy(into.data(), into.size(), offset);
}

Status MemoryFile::write_at(std::uint64_t offset, std::string_view bytes) {
    if (access_ == sys::Access::read) return Error::from_errno("write_at " + path_, EBADF);
    const Status status = files_.plan_.begin("write_at", path_);
    overwrite(offset, status ? bytes : bytes.substr(0, bytes.size() / 2));
    return status;
}

void MemoryFile::overwrite(std::size_t offset, std::string_view bytes) {
    if (bytes.empty()) return;
    std::string& content = inode_->content;
    content.resize(std::max(content.size(), offset + bytes.size()));
    content.replace(offset, bytes.size(), bytes);
    inode_->modified = files_.now_;
}

Status MemoryFile::make_durable(std::string_view call) {
    POSTERN_TRY(files_.plan_.begin(call, path_));
    inode_->durable_content = inode_->content;
    return done;
}

Result<bool> MemoryFile::try_lock() {
    POSTERN_TRY(files_.plan_.begin("try_lock", path_));
    if (inode_->lock_holder != nullptr && inode_->lock_holder != this) return false;
    inode_->lock_holder = this;
    return true;
}

Result<sys::FileInfo> MemoryFile::info() const {
    POSTERN_TRY(files_.plan_.begin("info_of_open", path_));
    return to_file_info(*inode_);
}

Status MemoryDirectory::sync() {
    POSTERN_TRY(files_.plan_.begin("sync_directory", path_));
    files_.tree_.sync_directory(inode_);
    return done;
}

}  // namespace postern::test
