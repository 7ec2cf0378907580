// SPDX-License-Identifier: BSD-2-Clause
#include "sys/posix_files.hpp"

#include <cstdio>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "sys/posix_file.hpp"
#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

/// O_NONBLOCK means nothing to a regular file; it keeps open(2) from waiting for the writer of a FIFO.
constexpr int kSafely = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

Result<UniqueFd> open_descriptor(std::string_view doing, const std::string& path, int flags,
                                 unsigned mode = 0) {
    UniqueFd descriptor(repeat_if_interrupted([&] { return ::open(path.c_str(), flags, mode); }));
    if (!descriptor) return errno_error(doing, path);
    return descriptor;
}

std::string arrow(const std::string& from, const std::string& to) { return from + " to " + to; }

class OpenListing {
public:
    explicit OpenListing(const std::string& path) : stream_(::opendir(path.c_str())) {}
    OpenListing(const OpenListing&) = delete;
    OpenListing& operator=(const OpenListing&) = delete;
    ~OpenListing() {
        if (stream_ != nullptr) ::closedir(stream_);
    }
    explicit operator bool() const { return stream_ != nullptr; }
    /// The next name; null at the end, then errno tells whether it is one.
    const char* next() {
        errno = 0;
        const dirent* const entry = ::readdir(stream_);
        return entry == nullptr ? nullptr : entry->d_name;
    }

private:
    DIR* stream_;
};

}  // namespace

Result<std::unique_ptr<File>> PosixFiles::create(const std::string& path, unsigned mode) {
    POSTERN_ASSIGN(auto descriptor,
                   open_descriptor("create", path, O_RDWR | O_CREAT | O_EXCL | kSafely, mode));
    return std::unique_ptr<File>(std::make_unique<PosixFile>(std::move(descriptor), path));
}

Result<std::unique_ptr<File>> PosixFiles::open(const std::string& path, Access access) {
    const int flags = access == Access::read ? O_RDONLY : O_RDWR;
    POSTERN_ASSIGN(auto descriptor, open_descriptor("open", path, flags | kSafely));
    return std::unique_ptr<File>(std::make_unique<PosixFile>(std::move(descriptor), path));
}

Status PosixFiles::append(const std::string& path, std::string_view bytes) {
    POSTERN_ASSIGN(const auto descriptor, open_descriptor("open", path, O_WRONLY | O_APPEND | kSafely));
    const auto count =
        repeat_if_interrupted([&] { return ::write(descriptor.number(), bytes.data(), bytes.size()); });
    if (count == -1) return errno_error("append to", path);
    if (static_cast<std::size_t>(count) == bytes.size()) return done;
    return Error(Fault::no_space, "append to " + path + ": only a part could be written");
}

Result<std::unique_ptr<Directory>> PosixFiles::open_directory(const std::string& path) {
    POSTERN_ASSIGN(auto descriptor, open_descriptor("open", path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return std::unique_ptr<Directory>(std::make_unique<PosixDirectory>(std::move(descriptor), path));
}

Status PosixFiles::rename_new(const std::string& from, const std::string& to) {
    return check_call("rename", arrow(from, to), [&] {
        return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    });
}

Status PosixFiles::rename_over(const std::string& from, const std::string& to) {
    return check_call("rename", arrow(from, to), [&] { return std::rename(from.c_str(), to.c_str()); });
}

Status PosixFiles::link(const std::string& from, const std::string& to) {
    return check_call("link", arrow(from, to), [&] { return ::link(from.c_str(), to.c_str()); });
}

Status PosixFiles::unlink(const std::string& path) {
    return check_call("unlink", path, [&] { return ::unlink(path.c_str()); });
}

Status PosixFiles::make_directory(const std::string& path, unsigned mode) {
    return check_call("make directory", path, [&] { return ::mkdir(path.c_str(), mode); });
}

Status PosixFiles::remove_directory(const std::string& path) {
    return check_call("remove directory", path, [&] { return ::rmdir(path.c_str()); });
}

Result<std::vector<std::string>> PosixFiles::list(const std::string& path) {
    OpenListing listing(path);
    if (!listing) return errno_error("list", path);
    std::vector<std::string> names;
    while (const char* const name = listing.next()) {
        if (const std::string_view text = name; text != "." && text != "..") names.emplace_back(text);
    }
    if (errno != 0) return errno_error("list", path);
    return names;
}

Result<FileInfo> PosixFiles::info(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == -1) return errno_error("stat", path);
    return to_file_info(status);
}

}  // namespace postern::sys
