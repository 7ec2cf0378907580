// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "spool/layout.hpp"
#include "sys/file_system.hpp"

namespace postern::runner {

/// What the runners work with; all outlive the worker.
struct Tools {
    sys::FileSystem& files;
    const spool::Layout& layout;
    const Clock& clock;
    Log& log;
};

/// Was something newly put into damaged/ or hold/? (exit status 65)
enum class Found { nothing, trouble };

}  // namespace postern::runner
