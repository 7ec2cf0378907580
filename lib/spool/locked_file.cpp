// SPDX-License-Identifier: BSD-2-Clause
#include "spool/locked_file.hpp"

#include <chrono>
#include <thread>

namespace postern::spool {

namespace {

constexpr unsigned kMode = 0660;
constexpr int kMostTries = 100;
constexpr std::chrono::milliseconds kPause{1};

std::string last_component(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Result<bool> still_leads_to(sys::FileSystem& files, const std::string& path, const sys::File& file) {
    const auto named = files.info(path);
    if (named.failed_with(Fault::not_found)) return false;
    if (!named) return named.error();
    POSTERN_ASSIGN(const sys::FileInfo opened, file.info());
    return named->inode == opened.inode && named->device == opened.device;
}

}  // namespace

Result<std::variant<LockedFile, NotClaimed>> lock_file(sys::FileSystem& files, const std::string& path) {
    using Locked = std::variant<LockedFile, NotClaimed>;
    auto file = files.open(path, sys::Access::read_write);
    if (file.failed_with(Fault::not_found)) return Locked(NotClaimed{NotClaimed::Why::gone});
    if (!file) return file.error();
    POSTERN_ASSIGN(const bool is_locked, (*file)->try_lock());
    if (!is_locked) return Locked(NotClaimed{NotClaimed::Why::locked});
    POSTERN_ASSIGN(const bool is_named, still_leads_to(files, path, **file));
    if (!is_named) return Locked(NotClaimed{NotClaimed::Why::gone});
    return Locked(*std::move(file));
}

Result<LockedFile> create_locked(sys::FileSystem& files, const std::string& path) {
    for (int i = 0; i < kMostTries; ++i) {
        if (i > 0) std::this_thread::sleep_for(kPause);
        auto file = files.create(path, kMode);
        if (i > 0 && file.failed_with(Fault::exists)) continue;  // the sweep has it, and will unlink it
        if (!file) return file.error();
        POSTERN_ASSIGN(const bool is_locked, (*file)->try_lock());
        if (!is_locked) continue;
        POSTERN_ASSIGN(const sys::FileInfo info, (*file)->info());
        if (info.links > 0) return LockedFile(*std::move(file));
    }
    return Error(Fault::temporary, "create " + path + ": it is taken away again and again");
}

Status rename_aside(sys::FileSystem& files, const std::string& path, const std::string& directory) {
    const std::string to = directory + "/" + last_component(path);
    Status renamed = files.rename_new(path, to);
    for (int i = 2; renamed.failed_with(Fault::exists) && i <= kMostTries; ++i)
        renamed = files.rename_new(path, to + "." + std::to_string(i));
    return renamed;
}

Result<bool> put_aside(sys::FileSystem& files, const std::string& path, const std::string& directory) {
    POSTERN_ASSIGN(const auto locked, lock_file(files, path));
    if (!std::holds_alternative<LockedFile>(locked)) return false;
    POSTERN_TRY(rename_aside(files, path, directory));
    return true;
}

}  // namespace postern::spool
