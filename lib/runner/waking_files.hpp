// SPDX-License-Identifier: BSD-2-Clause
// The file system of a runner at work: it notes into which lanes messages were renamed, for whatever reason,
// so that their runners are woken and no step of the work need think of it. They are woken between two
// messages, when what was renamed is unlocked.
#pragma once

#include <set>

#include "runner/wake.hpp"
#include "sys/file_system.hpp"

namespace postern::runner {

class WakingFiles final : public sys::FileSystem {
public:
    /// All outlive it.
    WakingFiles(sys::FileSystem& files, const spool::Layout& layout, Waker& waker)
        : files_(files), layout_(layout), waker_(waker) {}

    /// Those whose lane has got a message since the last call.
    void wake_runners();

    Status rename_new(const std::string& from, const std::string& to) override;

    Result<std::unique_ptr<sys::File>> create(const std::string& path, unsigned mode) override {
        return files_.create(path, mode);
    }
    Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override {
        return files_.open(path, access);
    }
    Result<std::unique_ptr<sys::Directory>> open_directory(const std::string& path) override {
        return files_.open_directory(path);
    }
    Status rename_over(const std::string& from, const std::string& to) override {
        return files_.rename_over(from, to);
    }
    Status link(const std::string& from, const std::string& to) override { return files_.link(from, to); }
    Status unlink(const std::string& path) override { return files_.unlink(path); }
    Status make_directory(const std::string& path, unsigned mode) override {
        return files_.make_directory(path, mode);
    }
    Status remove_directory(const std::string& path) override { return files_.remove_directory(path); }
    Result<std::vector<std::string>> list(const std::string& path) override { return files_.list(path); }
    Result<sys::FileInfo> info(const std::string& path) override { return files_.info(path); }

private:
    sys::FileSystem& files_;
    const spool::Layout& layout_;
    Waker& waker_;
    std::set<spool::Lane> filled_;
};

}  // namespace postern::runner
