// SPDX-License-Identifier: BSD-2-Clause
#include "sys/posix_file.hpp"

#include <sys/file.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

FileKind kind_of(mode_t mode) {
    if (S_ISREG(mode)) return FileKind::regular;
    return S_ISDIR(mode) ? FileKind::directory : FileKind::other;
}

Instant to_instant(const struct timespec& time) {
    using namespace std::chrono;
    return Instant{floor<milliseconds>(seconds{time.tv_sec} + nanoseconds{time.tv_nsec})};
}

}  // namespace

FileInfo to_file_info(const struct stat& status) {
    return {kind_of(status.st_mode),
            status.st_dev,
            status.st_ino,
            status.st_nlink,
            static_cast<std::uint64_t>(status.st_size),
            to_instant(status.st_mtim)};
}

Result<std::size_t> PosixFile::read_at(std::uint64_t offset, std::span<char> into) const {
    std::size_t filled = 0;
    while (filled < into.size()) {
        const auto count = repeat_if_interrupted([&] {
            return ::pread(descriptor_.number(), into.data() + filled, into.size() - filled,
                           static_cast<off_t>(offset + filled));
        });
        if (count == -1) return errno_error("read", path_);
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
    }
    return filled;
}

Status PosixFile::write_at(std::uint64_t offset, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = repeat_if_interrupted([&] {
            return ::pwrite(descriptor_.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        });
        if (count == -1) return errno_error("write", path_);
        bytes.remove_prefix(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return done;
}

Status PosixFile::sync() {
    return check_call("sync", path_, [&] { return ::fsync(descriptor_.number()); });
}

Status PosixFile::sync_data() {
    return check_call("sync data of", path_, [&] { return ::fdatasync(descriptor_.number()); });
}

Result<bool> PosixFile::try_lock() {
    if (repeat_if_interrupted([&] { return ::flock(descriptor_.number(), LOCK_EX | LOCK_NB); }) == 0)
        return true;
    if (errno == EWOULDBLOCK) return false;
    return errno_error("lock", path_);
}

Result<FileInfo> PosixFile::info() const {
    struct stat status {};
    if (::fstat(descriptor_.number(), &status) == -1) return errno_error("stat", path_);
    return to_file_info(status);
}

Status PosixDirectory::sync() {
    return check_call("sync", path_, [&] { return ::fsync(descriptor_.number()); });
}

}  // namespace postern::sys
