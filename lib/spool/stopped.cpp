// SPDX-License-Identifier: BSD-2-Clause
#include "spool/stopped.hpp"

#include "sys/replace_file.hpp"

namespace postern::spool {

namespace {

constexpr unsigned kFlagMode = 0644;

std::string flag_in(const std::string& state_directory) { return state_directory + "/stopped"; }

}  // namespace

Result<bool> is_stopped(sys::FileSystem& files, const std::string& state_directory) {
    const auto flag = files.info(flag_in(state_directory));
    if (flag.failed_with(Fault::not_found)) return false;
    if (!flag) return flag.error();
    return true;
}

Status set_stopped(sys::FileSystem& files, const std::string& state_directory, Stopped stopped) {
    const std::string flag = flag_in(state_directory);
    if (stopped == Stopped::yes) return sys::replace_file(files, flag, "", kFlagMode);
    const Status removed = sys::remove_file(files, flag);
    return removed.failed_with(Fault::not_found) ? Status(done) : removed;
}

}  // namespace postern::spool
