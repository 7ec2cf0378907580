// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "sys/file_system.hpp"

namespace postern::test {

/// Hands every call on to another file system. A test overrides the one in which it wants to interfere.
class ForwardingFiles : public sys::FileSystem {
public:
    explicit ForwardingFiles(sys::FileSystem& files) : files_(files) {}

    Result<std::unique_ptr<sys::File>> create(const std::string& path, unsigned mode) override {
        return files_.create(path, mode);
    }
    Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override {
        return files_.open(path, access);
    }
    Status append(const std::string& path, std::string_view bytes) override {
        return files_.append(path, bytes);
    }
    Result<std::unique_ptr<sys::Directory>> open_directory(const std::string& path) override {
        return files_.open_directory(path);
    }
    Status rename_new(const std::string& from, const std::string& to) override {
        return files_.rename_new(from, to);
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

protected:
    sys::FileSystem& files_;
};

}  // namespace postern::test
