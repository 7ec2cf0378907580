// SPDX-License-Identifier: BSD-2-Clause
// The administrator's templates on disk. A report is never kept back by one: where there is none, or none
// that can be used, the built-in words take its place, and the log says why.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "runner/report_template.hpp"
#include "sys/file_system.hpp"

namespace postern::runner {

class Templates {
public:
    /// `directory` "": only built-in words.
    Templates(sys::FileSystem& files, std::string directory, Log& log)
        : files_(files), directory_(std::move(directory)), log_(log) {}

    /// Read once; what is wrong is logged once.
    const ReportTemplate& words_for(ReportKind kind);

private:
    sys::FileSystem& files_;
    std::string directory_;
    Log& log_;
    std::map<ReportKind, ReportTemplate> known_;
};

/// What is wrong with the templates of a directory, a sentence each.
std::vector<std::string> check_templates(sys::FileSystem& files, const std::string& directory);

}  // namespace postern::runner
