// SPDX-License-Identifier: BSD-2-Clause
#include "sys/replace_file.hpp"

#include <thread>

#include <unistd.h>

namespace postern::sys {

namespace {

using namespace std::chrono_literals;

struct SplitPath {
    std::string directory;
    std::string name;
};

SplitPath split(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return {".", path};
    return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

/// A hidden name beside `path` that no other living process uses.
std::string name_beside(const std::string& path) {
    const auto [directory, name] = split(path);
    return directory + "/." + name + "." + std::to_string(::getpid()) + ".new";
}

Result<std::unique_ptr<File>> create_afresh(FileSystem& files, const std::string& path, unsigned mode) {
    auto created = files.create(path, mode);
    if (!created.failed_with(Fault::exists)) return created;
    POSTERN_TRY(files.unlink(path));  // of a process that had our number and died
    return files.create(path, mode);
}

Status write_durably(FileSystem& files, const std::string& path, std::string_view content, unsigned mode) {
    POSTERN_ASSIGN(const auto file, create_afresh(files, path, mode));
    POSTERN_TRY(file->write_at(0, content));
    return file->sync();
}

Result<std::unique_ptr<File>> open_lock_file(FileSystem& files, const std::string& path) {
    auto opened = files.open(path, Access::read_write);
    if (!opened.failed_with(Fault::not_found)) return opened;
    auto created = files.create(path, 0660);
    if (!created.failed_with(Fault::exists)) return created;
    return files.open(path, Access::read_write);  // another one was quicker
}

}  // namespace

Result<EditLock> EditLock::acquire(FileSystem& files, const std::string& path,
                                   std::chrono::milliseconds patience) {
    POSTERN_ASSIGN(auto file, open_lock_file(files, path));
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        POSTERN_ASSIGN(const bool locked, file->try_lock());
        if (locked) return EditLock(std::move(file));
        if (std::chrono::steady_clock::now() >= end)
            return Error(Fault::temporary, path + ": locked by another smtpctl");
        std::this_thread::sleep_for(20ms);
    }
}

Status replace_file(FileSystem& files, const std::string& path, std::string_view content, unsigned mode) {
    POSTERN_ASSIGN(const auto directory, files.open_directory(split(path).directory));  // before the rename
    const std::string beside = name_beside(path);
    auto replaced = write_durably(files, beside, content, mode);
    if (replaced) replaced = files.rename_over(beside, path);
    if (!replaced) {
        (void)files.unlink(beside);
        return replaced.error();
    }
    return directory->sync();
}

Status remove_file(FileSystem& files, const std::string& path) {
    POSTERN_TRY(files.unlink(path));
    return sync_directory(files, split(path).directory);
}

}  // namespace postern::sys
