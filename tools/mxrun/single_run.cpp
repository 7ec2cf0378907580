// SPDX-License-Identifier: BSD-2-Clause
#include "single_run.hpp"

#include <utility>

namespace postern::tools {

namespace {

Result<SingleRun> open_or_create(sys::FileSystem& files, const std::string& path) {
    auto created = files.create(path, 0660);
    if (created.failed_with(Fault::exists)) return files.open(path, sys::Access::read_write);
    return created;
}

}  // namespace

Result<std::optional<SingleRun>> be_the_only_one(sys::FileSystem& files, const std::string& run_directory) {
    // It may lie on a tmpfs, empty after each start of the machine.
    const auto made = files.make_directory(run_directory, 0770);
    if (!made && !made.failed_with(Fault::exists)) return made.error();
    POSTERN_ASSIGN(auto file, open_or_create(files, run_directory + "/mxrun.lock"));
    POSTERN_ASSIGN(const bool locked, file->try_lock());
    if (!locked) return std::optional<SingleRun>();
    return std::optional(std::move(file));
}

}  // namespace postern::tools
