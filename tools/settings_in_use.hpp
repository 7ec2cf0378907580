// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <optional>
#include <string>

#include "base/log.hpp"
#include "sys/file_system.hpp"
#include "sys/helper_process.hpp"

namespace postern::tools {

/// The config.json that a long-lived process works by. Make it before the file is read.
class SettingsInUse {
public:
    SettingsInUse(sys::FileSystem& files, const std::string& root);

    /// Before this process is confined, and can no longer read another config.json: a helper does it then.
    Status begin_asking();

    /// Is there another one, and is it sound? One that is not is told in the log, once, and left alone: the
    /// process goes on with what it has.
    bool are_outdated(Log& log);

private:
    sys::FileSystem& files_;
    std::string root_;
    Result<sys::FileInfo> seen_;
    std::optional<sys::HelperProcess> helper_;
};

}  // namespace postern::tools
