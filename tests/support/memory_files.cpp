// SPDX-License-Identifier: BSD-2-Clause
#include "support/memory_files.hpp"

#include "support/memory_file.hpp"

namespace postern::test {

namespace {

Error failure(std::string_view call, const std::string& path, int error_number) {
    return Error::from_errno(std::string(call) + " " + path, error_number);
}

}  // namespace

Result<std::unique_ptr<sys::File>> MemoryFiles::create(const std::string& path, unsigned /*mode*/) {
    POSTERN_TRY(plan_.begin("create", path));
    const auto place = tree_.place(path);
    if (!place) return failure("create", path, ENOENT);
    if (place->inode()) return failure("create", path, EEXIST);
    const InodePtr inode = tree_.make_inode(sys::FileKind::regular);
    inode->modified = now_;
    tree_.change({{*place, inode}});
    return std::unique_ptr<sys::File>(
        std::make_unique<MemoryFile>(*this, inode, path, sys::Access::read_write));
}

Result<std::unique_ptr<sys::File>> MemoryFiles::open(const std::string& path, sys::Access access) {
    POSTERN_TRY(plan_.begin("open", path));
    const InodePtr inode = tree_.find(path);
    if (!inode) return failure("open", path, ENOENT);
    if (inode->is_directory()) return failure("open", path, EISDIR);
    return std::unique_ptr<sys::File>(std::make_unique<MemoryFile>(*this, inode, path, access));
}

Status MemoryFiles::append(const std::string& path, std::string_view bytes) {
    const Status status = plan_.begin("append", path);
    const InodePtr inode = tree_.find(path);
    if (status && !inode) return failure("open", path, ENOENT);
    if (status && inode->is_directory()) return failure("open", path, EISDIR);
    if (!inode || inode->is_directory()) return status;
    inode->content += status ? bytes : bytes.substr(0, bytes.size() / 2);
    inode->modified = now_;
    return status;
}

Result<std::unique_ptr<sys::Directory>> MemoryFiles::open_directory(const std::string& path) {
    POSTERN_TRY(plan_.begin("open_directory", path));
    const InodePtr inode = tree_.find(path);
    if (!inode) return failure("open_directory", path, ENOENT);
    if (!inode->is_directory()) return failure("open_directory", path, ENOTDIR);
    return std::unique_ptr<sys::Directory>(std::make_unique<MemoryDirectory>(*this, inode, path));
}

Status MemoryFiles::rename_new(const std::string& from, const std::string& to) {
    POSTERN_TRY(plan_.begin("rename_new", from + " " + to));
    const auto source = tree_.place(from), target = tree_.place(to);
    if (!source || !source->inode() || !target) return failure("rename", from + " to " + to, ENOENT);
    if (target->inode()) return failure("rename", from + " to " + to, EEXIST);
    tree_.change({{*source, nullptr}, {*target, source->inode()}});
    return done;
}

Status MemoryFiles::rename_over(const std::string& from, const std::string& to) {
    POSTERN_TRY(plan_.begin("rename_over", from + " " + to));
    const auto source = tree_.place(from), target = tree_.place(to);
    if (!source || !source->inode() || !target) return failure("rename", from + " to " + to, ENOENT);
    const InodePtr replaced = target->inode();
    if (replaced == source->inode()) return done;  // two links to one file: POSIX leaves both
    if (replaced && replaced->is_directory()) return failure("rename", from + " to " + to, EISDIR);
    tree_.change({{*source, nullptr}, {*target, source->inode()}});
    return done;
}

Status MemoryFiles::link(const std::string& from, const std::string& to) {
    POSTERN_TRY(plan_.begin("link", from + " " + to));
    const InodePtr inode = tree_.find(from);
    const auto target = tree_.place(to);
    if (!inode || !target) return failure("link", from + " to " + to, ENOENT);
    if (target->inode()) return failure("link", from + " to " + to, EEXIST);
    if (inode->is_directory()) return failure("link", from + " to " + to, EPERM);
    tree_.change({{*target, inode}});
    return done;
}

Status MemoryFiles::unlink(const std::string& path) {
    POSTERN_TRY(plan_.begin("unlink", path));
    const auto place = tree_.place(path);
    if (!place || !place->inode()) return failure("unlink", path, ENOENT);
    if (place->inode()->is_directory()) return failure("unlink", path, EISDIR);
    tree_.change({{*place, nullptr}});
    return done;
}

Status MemoryFiles::make_directory(const std::string& path, unsigned /*mode*/) {
    POSTERN_TRY(plan_.begin("make_directory", path));
    const auto place = tree_.place(path);
    if (!place) return failure("make_directory", path, ENOENT);
    if (place->inode()) return failure("make_directory", path, EEXIST);
    tree_.change({{*place, tree_.make_inode(sys::FileKind::directory)}});
    return done;
}

Status MemoryFiles::remove_directory(const std::string& path) {
    POSTERN_TRY(plan_.begin("remove_directory", path));
    const auto place = tree_.place(path);
    const InodePtr inode = place ? place->inode() : nullptr;
    if (!inode) return failure("remove_directory", path, ENOENT);
    if (!inode->is_directory()) return failure("remove_directory", path, ENOTDIR);
    if (!inode->entries.empty()) return failure("remove_directory", path, ENOTEMPTY);
    tree_.change({{*place, nullptr}});
    return done;
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& path) {
    POSTERN_TRY(plan_.begin("list", path));
    const InodePtr inode = tree_.find(path);
    if (!inode) return failure("list", path, ENOENT);
    if (!inode->is_directory()) return failure("list", path, ENOTDIR);
    return names(path);
}

Result<sys::FileInfo> MemoryFiles::info(const std::string& path) {
    POSTERN_TRY(plan_.begin("info", path));
    const InodePtr inode = tree_.find(path);
    if (!inode) return failure("info", path, ENOENT);
    return to_file_info(*inode);
}

}  // namespace postern::test
