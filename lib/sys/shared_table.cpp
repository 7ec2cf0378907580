// SPDX-License-Identifier: BSD-2-Clause
#include "sys/shared_table.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

using Shape = SharedTable::Shape;

constexpr int kTries = 10;  // others may be making the same file
constexpr std::chrono::milliseconds kPause{10};
constexpr int kShared = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/// What stands at the beginning of the file.
struct Header {
    std::array<char, 8> magic{'P', 'o', 's', 't', 'e', 'r', 'n', '\n'};
    std::uint64_t kind = 0;
    std::uint64_t octets = 0;
    bool operator==(const Header&) const = default;
};
static_assert(sizeof(Header) == 24, "as it lies in the file, without gaps");

Header header_of(const Shape& shape) { return {.kind = shape.kind, .octets = shape.octets}; }

std::size_t file_size(const Shape& shape) { return SharedTable::kHeaderOctets + shape.octets; }

bool is_sound(int file, const Shape& shape) {
    struct stat status {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return false;
    if (static_cast<std::uint64_t>(status.st_size) != file_size(shape)) return false;
    Header found;
    const auto got = repeat_if_interrupted([&] { return ::pread(file, &found, sizeof found, 0); });
    return got == sizeof found && found == header_of(shape);
}

bool leads_to(const std::string& path, int file) {
    struct stat named {
    }, opened{};
    return ::stat(path.c_str(), &named) == 0 && ::fstat(file, &opened) == 0 &&
           named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

/// posix_fallocate(3) alone leaves blocks that some file systems have yet to find room for.
Status fill(int file, const Shape& shape, const std::string& path) {
    if (const int trouble = ::posix_fallocate(file, 0, static_cast<off_t>(file_size(shape))); trouble != 0)
        return Error::from_errno("allocate " + path, trouble);
    std::vector<char> block(64 * 1024);
    const Header header = header_of(shape);
    std::memcpy(block.data(), &header, sizeof header);
    for (std::size_t at = 0; at < file_size(shape);) {
        const std::size_t count = std::min(block.size(), file_size(shape) - at);
        const auto written = repeat_if_interrupted(
            [&] { return ::pwrite(file, block.data(), count, static_cast<off_t>(at)); });
        if (written == -1) return errno_error("write", path);
        if (at == 0) std::memset(block.data(), 0, sizeof header);
        at += static_cast<std::size_t>(written);
    }
    return done;
}

/// A new table under a name that nobody else uses; unlinked unless it is given its own.
class NewTable {
public:
    NewTable(const std::string& path, const Shape& shape, unsigned mode)
        : path_(path), shape_(shape), mode_(mode) {
        const auto slash = path.rfind('/') + 1;
        beside_ =
            path.substr(0, slash) + '.' + path.substr(slash) + '.' + std::to_string(::getpid()) + ".new";
    }
    NewTable(const NewTable&) = delete;
    NewTable& operator=(const NewTable&) = delete;
    ~NewTable() { (void)::unlink(beside_.c_str()); }

    Status make() const {
        (void)::unlink(beside_.c_str());  // of a process that had our number and died
        const UniqueFd file(repeat_if_interrupted(
            [&] { return ::open(beside_.c_str(), kShared | O_CREAT | O_EXCL, mode_); }));
        if (!file) return errno_error("create", path_);
        return fill(file.number(), shape_, path_);
    }
    /// Where there is none; that somebody was quicker is no trouble.
    Status take_name() const {
        if (::link(beside_.c_str(), path_.c_str()) == 0 || errno == EEXIST) return done;
        return errno_error("link", path_);
    }
    Status take_name_from_other() const {
        return check_call("rename", path_, [&] { return std::rename(beside_.c_str(), path_.c_str()); });
    }

private:
    std::string path_;
    Shape shape_;
    unsigned mode_;
    std::string beside_;
};

Status make(const std::string& path, const Shape& shape, unsigned mode) {
    const NewTable table(path, shape, mode);
    POSTERN_TRY(table.make());
    return table.take_name();
}

/// `file` is what has the name and is no table. Only the holder of its lock takes the name from it, so that
/// no new table is replaced by a second one. False when somebody else is about to.
Result<bool> replace(const std::string& path, int file, const Shape& shape, unsigned mode) {
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) return false;
    if (!leads_to(path, file)) return false;
    const NewTable table(path, shape, mode);
    POSTERN_TRY(table.make());
    POSTERN_TRY(table.take_name_from_other());
    return true;
}

struct flock range(short type, std::size_t from, std::size_t octets) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(SharedTable::kHeaderOctets + from);
    lock.l_len = static_cast<off_t>(octets);
    return lock;
}

}  // namespace

Result<SharedTable> SharedTable::open(const std::string& path, const Shape& shape, unsigned mode) {
    bool was_damaged = false;
    for (int attempt = 0; attempt < kTries; ++attempt) {
        UniqueFd file(repeat_if_interrupted([&] { return ::open(path.c_str(), kShared); }));
        if (!file && errno != ENOENT) return errno_error("open", path);
        if (!file) {
            POSTERN_TRY(make(path, shape, mode));
        } else if (is_sound(file.number(), shape)) {
            void* const memory =
                ::mmap(nullptr, file_size(shape), PROT_READ | PROT_WRITE, MAP_SHARED, file.number(), 0);
            if (memory == MAP_FAILED) return errno_error("map", path);
            return SharedTable(std::move(file), static_cast<std::byte*>(memory), shape.octets, was_damaged);
        } else {
            POSTERN_ASSIGN(const bool replaced, replace(path, file.number(), shape, mode));
            was_damaged = was_damaged || replaced;
            if (!replaced) std::this_thread::sleep_for(kPause);
        }
    }
    return Error(Fault::temporary, path + ": others keep changing it");
}

SharedTable::SharedTable(SharedTable&& other) noexcept
    : descriptor_(std::move(other.descriptor_)),
      memory_(std::exchange(other.memory_, nullptr)),
      octets_(other.octets_),
      was_damaged_(other.was_damaged_) {}

SharedTable::~SharedTable() {
    if (memory_ != nullptr) (void)::munmap(memory_, kHeaderOctets + octets_);
}

Result<bool> SharedTable::try_lock(std::size_t from, std::size_t octets) {
    struct flock lock = range(F_WRLCK, from, octets);
    if (::fcntl(descriptor_.number(), F_OFD_SETLK, &lock) == 0) return true;
    if (errno == EAGAIN || errno == EACCES) return false;
    return errno_error("lock", "a shared table");
}

Result<bool> SharedTable::is_locked(std::size_t from, std::size_t octets) const {
    struct flock lock = range(F_WRLCK, from, octets);
    if (::fcntl(descriptor_.number(), F_OFD_GETLK, &lock) == 0) return lock.l_type != F_UNLCK;
    return errno_error("look at the locks of", "a shared table");
}

Status SharedTable::unlock(std::size_t from, std::size_t octets) {
    struct flock lock = range(F_UNLCK, from, octets);
    return check_call("unlock", "a shared table",
                      [&] { return ::fcntl(descriptor_.number(), F_OFD_SETLK, &lock); });
}

}  // namespace postern::sys
