// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "sys/file_system.hpp"
#include "sys/helper_process.hpp"
#include "sys/landlock.hpp"

namespace postern::tools {

/// The config.json that a long-lived process works by. Make it before the file is read.
class SettingsInUse {
public:
    SettingsInUse(sys::FileSystem& files, const std::string& root);

    /// Files beside it that the process keeps to as they are now, be they there or not: a sandbox lets it
    /// read the file that it knows, and not another that takes its name. Directories are none.
    void keep_to(const std::vector<sys::PathRule>& paths);

    /// Before this process is confined, and can no longer read another config.json: a helper does it then.
    Status begin_asking();

    /// Is there another one, and is it sound? One that is not is told in the log, once, and left alone: the
    /// process goes on with what it has. Or another of the files beside it?
    bool are_outdated(Log& log);

private:
    struct Seen {
        std::string path;
        Result<sys::FileInfo> info;
    };
    bool is_outdated(const Seen& seen) const;

    sys::FileSystem& files_;
    std::string root_;
    Result<sys::FileInfo> seen_;
    std::vector<Seen> beside_;
    std::optional<sys::HelperProcess> helper_;
};

}  // namespace postern::tools
