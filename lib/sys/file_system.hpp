// SPDX-License-Identifier: BSD-2-Clause
// The seam to the file system: what the spool, the userland and Maildir delivery need of it, and no more.
// PosixFiles is the real one; tests/support/memory_files.hpp fails on the n-th call and can crash. Both
// pass tests/contract. Every error names the call and the path.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace postern::sys {

enum class FileKind { regular, directory, other };

struct FileInfo {
    FileKind kind = FileKind::regular;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t links = 0;
    std::uint64_t size = 0;
    Instant modified{};
};

enum class Access { read, read_write };

/// An open file; closed by its destructor, and with it its lock.
class File {
public:
    virtual ~File() = default;
    /// Fills `into` as far as the file reaches; fewer octets only at the end of the file.
    virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const = 0;
    /// All of `bytes`, or an error.
    virtual Status write_at(std::uint64_t offset, std::string_view bytes) = 0;
    /// fsync(2): content and metadata.
    virtual Status sync() = 0;
    /// fdatasync(2): content, and of the metadata what is needed to read it.
    virtual Status sync_data() = 0;
    /// flock(2), exclusive, without waiting. False when somebody else holds it.
    virtual Result<bool> try_lock() = 0;
    virtual Result<FileInfo> info() const = 0;
};

/// An open directory, so that it can be synced after confinement.
class Directory {
public:
    virtual ~Directory() = default;
    /// fsync(2): the names in it are durable.
    virtual Status sync() = 0;
};

class FileSystem {
public:
    virtual ~FileSystem() = default;

    /// A new file, open for reading and writing (O_CREAT|O_EXCL). Fault::exists when the name is taken.
    virtual Result<std::unique_ptr<File>> create(const std::string& path, unsigned mode) = 0;
    /// Never follows a symbolic link at the last component. Fault::not_found when there is no such file.
    virtual Result<std::unique_ptr<File>> open(const std::string& path, Access access) = 0;
    /// One write(2) at the end of the file, wherever that is by then (O_APPEND): what several processes
    /// append at once stands there one behind the other. Fault::not_found when there is no such file.
    virtual Status append(const std::string& path, std::string_view bytes) = 0;
    virtual Result<std::unique_ptr<Directory>> open_directory(const std::string& path) = 0;

    /// renameat2(RENAME_NOREPLACE): Fault::exists when `to` is taken.
    virtual Status rename_new(const std::string& from, const std::string& to) = 0;
    /// rename(2): replaces `to`.
    virtual Status rename_over(const std::string& from, const std::string& to) = 0;
    /// link(2): Fault::exists when `to` is taken.
    virtual Status link(const std::string& from, const std::string& to) = 0;
    virtual Status unlink(const std::string& path) = 0;
    /// Fault::exists when there is one.
    virtual Status make_directory(const std::string& path, unsigned mode) = 0;
    virtual Status remove_directory(const std::string& path) = 0;

    /// The names in a directory without "." and "..", in no order.
    virtual Result<std::vector<std::string>> list(const std::string& path) = 0;
    /// Does not follow a symbolic link.
    virtual Result<FileInfo> info(const std::string& path) = 0;
};

/// open_directory, sync, close: for those that are not confined.
Status sync_directory(FileSystem& files, const std::string& path);

/// For reading and writing.
Result<std::unique_ptr<File>> open_or_create(FileSystem& files, const std::string& path, unsigned mode);

/// The whole file as text, for small files of the userland; larger than `limit` is Fault::configuration.
Result<std::string> read_whole_file(FileSystem& files, const std::string& path, std::size_t limit = 1 << 20);

}  // namespace postern::sys
