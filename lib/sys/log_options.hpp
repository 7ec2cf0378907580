// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

#include "base/log.hpp"

namespace postern::sys {

enum class LogTarget { none, file };
enum class LogFormat { text, json };

struct LogOptions {
    LogTarget target = LogTarget::file;  ///< log.target
    std::string directory;               ///< directories.log
    std::string file = "%Y-%m-%d.log";   ///< log.file: strftime(3), UTC, below the directory
    Severity level = Severity::info;     ///< log.level: this and more urgent
    LogFormat format = LogFormat::text;  ///< log.format
};

}  // namespace postern::sys
