// SPDX-License-Identifier: BSD-2-Clause
#include "sys/file_system.hpp"

#include <algorithm>

namespace postern::sys {

Status sync_directory(FileSystem& files, const std::string& path) {
    POSTERN_ASSIGN(const auto directory, files.open_directory(path));
    return directory->sync();
}

Result<std::unique_ptr<File>> open_or_create(FileSystem& files, const std::string& path, unsigned mode) {
    auto opened = files.open(path, Access::read_write);
    if (!opened.failed_with(Fault::not_found)) return opened;
    auto created = files.create(path, mode);
    if (!created.failed_with(Fault::exists)) return created;
    return files.open(path, Access::read_write);  // somebody else was quicker
}

Result<std::string> read_whole_file(FileSystem& files, const std::string& path, std::size_t limit) {
    POSTERN_ASSIGN(const auto file, files.open(path, Access::read));
    std::string text;
    std::size_t room = 4096;  // most files of a userland fit, and one more octet tells that they do
    for (;;) {
        const std::size_t held = text.size();
        text.resize(held + room);
        POSTERN_ASSIGN(const std::size_t count, file->read_at(held, std::span(text).subspan(held)));
        text.resize(held + count);
        if (text.size() > limit)
            return Error(Fault::configuration, path + ": larger than " + std::to_string(limit) + " octets");
        if (count < room) return text;
        room = std::min(room * 4, limit - held + 1);
    }
}

}  // namespace postern::sys
