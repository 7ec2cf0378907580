// SPDX-License-Identifier: BSD-2-Clause
#include "spool/minutes.hpp"

#include "spool/layout.hpp"

namespace postern::spool {

namespace {

constexpr unsigned kDirectoryMode = 0770;

}  // namespace

Status Minutes::make(sys::FileSystem& files, const std::string& directory) {
    const auto slash = directory.rfind('/');
    if (!parse_minute(directory.substr(slash + 1)) || durable_.contains(directory)) return done;
    const Status made = files.make_directory(directory, kDirectoryMode);
    if (!made && !made.failed_with(Fault::exists)) return made;
    POSTERN_TRY(sys::sync_directory(files, directory.substr(0, slash)));
    durable_.insert(directory);
    return done;
}

}  // namespace postern::spool
