// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "config/config.hpp"
#include "sys/file_system.hpp"

namespace postern::smtpctl {

/// All that watch, also those that the settings know no more, look at the spool and at their settings at
/// once. For commands that gave them reason to.
void wake_runners(sys::FileSystem& files, const config::Config& config);

}  // namespace postern::smtpctl
