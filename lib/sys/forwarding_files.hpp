// SPDX-License-Identifier: BSD-2-Clause
// Hands every call on to another file system, for those who want to interfere in one of them.
#pragma once

#include "sys/file_system.hpp"

namespace postern::sys {

/// `files` must outlive it.
class ForwardingFiles : public FileSystem {
public:
    explicit ForwardingFiles(FileSystem& files) : files_(files) {}

    Result<std::unique_ptr<File>> create(const std::string& path, unsigned mode) override {
        return files_.create(path, mode);
    }
    Result<std::unique_ptr<File>> open(const std::string& path, Access access) override {
        return files_.open(path, access);
    }
    Status append(const std::string& path, std::string_view bytes) override {
        return files_.append(path, bytes);
    }
    Result<std::unique_ptr<Directory>> open_directory(const std::string& path) override {
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
    Result<FileInfo> info(const std::string& path) override { return files_.info(path); }

protected:
    FileSystem& files_;
};

}  // namespace postern::sys
