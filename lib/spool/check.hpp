// SPDX-License-Identifier: BSD-2-Clause
// Looks for each state of the spool that should not be. Changes nothing. Runners at work may be met in the
// middle of a step: only what is seen twice, with a pause between, is told, and nothing of a file that
// somebody holds. To learn that, a file that looks wrong is locked for a moment; no other is.
#pragma once

#include <functional>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "spool/finding.hpp"
#include "spool/layout.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

struct Surroundings {
    std::string run_directory;  ///< directories.run; "" = not looked at
    Instant now;
    std::function<void()> pause;  ///< long enough for a step of a runner
};

/// By path. Reads every message, content and all.
Result<std::vector<Finding>> check(sys::FileSystem& files, const Layout& layout, const Surroundings& around);

}  // namespace postern::spool
