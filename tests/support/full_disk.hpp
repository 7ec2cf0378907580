// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <cerrno>
#include <limits>

#include "support/forwarding_files.hpp"

namespace postern::test {

/// A disk that gets full: from the n-th operation on that would need room, what lies there can still be read,
/// written over, renamed and unlinked, but nothing is made and nothing grows. Ends with `has_room = true`.
class FullDisk final : public ForwardingFiles {
public:
    FullDisk(sys::FileSystem& files, std::size_t full_from) : ForwardingFiles(files), full_from_(full_from) {}

    bool has_room = false;
    bool was_full() const { return was_full_; }

    Result<std::unique_ptr<sys::File>> create(const std::string& path, unsigned mode) override {
        POSTERN_TRY(take_room(path));
        return wrap(files_.create(path, mode), path);
    }
    Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override {
        return wrap(files_.open(path, access), path);
    }
    Status make_directory(const std::string& path, unsigned mode) override {
        if (files_.info(path)) return files_.make_directory(path, mode);  // is there: takes no room
        POSTERN_TRY(take_room(path));
        return files_.make_directory(path, mode);
    }

private:
    class OpenFile final : public sys::File {
    public:
        OpenFile(FullDisk& disk, std::unique_ptr<sys::File> file, std::string path)
            : disk_(disk), file_(std::move(file)), path_(std::move(path)) {}

        Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override {
            return file_->read_at(offset, into);
        }
        Status write_at(std::uint64_t offset, std::string_view bytes) override {
            POSTERN_ASSIGN(const sys::FileInfo info, file_->info());
            if (offset + bytes.size() <= info.size) return file_->write_at(offset, bytes);
            Status room = disk_.take_room(path_);
            if (room) return file_->write_at(offset, bytes);
            if (offset < info.size) (void)file_->write_at(offset, bytes.substr(0, info.size - offset));
            return room;
        }
        Status sync() override { return file_->sync(); }
        Status sync_data() override { return file_->sync_data(); }
        Result<bool> try_lock() override { return file_->try_lock(); }
        Result<sys::FileInfo> info() const override { return file_->info(); }

    private:
        FullDisk& disk_;
        std::unique_ptr<sys::File> file_;
        std::string path_;
    };

    Result<std::unique_ptr<sys::File>> wrap(Result<std::unique_ptr<sys::File>> file,
                                            const std::string& path) {
        if (!file) return file;
        return std::unique_ptr<sys::File>(std::make_unique<OpenFile>(*this, *std::move(file), path));
    }

    Status take_room(const std::string& path) {
        if (has_room || ++needs_ < full_from_) return done;
        was_full_ = true;
        return Error::from_errno("write " + path, ENOSPC);
    }

    std::size_t full_from_, needs_ = 0;
    bool was_full_ = false;
};

}  // namespace postern::test
