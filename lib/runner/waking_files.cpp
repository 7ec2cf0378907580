// SPDX-License-Identifier: BSD-2-Clause
#include "runner/waking_files.hpp"

#include <utility>

namespace postern::runner {

namespace {

std::string directory_above(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

/// A message that only waits longer in its lane is no news: its runner sees the new minute after the pass.
Status WakingFiles::rename_new(const std::string& from, const std::string& to) {
    POSTERN_TRY(files_.rename_new(from, to));
    const std::string directory = directory_above(to);
    const auto lane = layout_.lane_of(directory);
    const bool is_news =
        lane && (directory == layout_.now(*lane) || layout_.lane_of(directory_above(from)) != lane);
    if (is_news) filled_.insert(*lane);
    return done;
}

void WakingFiles::wake_runners() {
    for (const spool::Lane lane : std::exchange(filled_, {})) waker_.wake(lane);
}

}  // namespace postern::runner
