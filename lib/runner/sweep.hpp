// SPDX-License-Identifier: BSD-2-Clause
// Before a pass: what crashed processes have left in incoming/, staged/ and hold/. Every file is locked
// before it is read, and decided upon while its lock is held.
#pragma once

#include "runner/children.hpp"
#include "runner/suspects.hpp"
#include "runner/tools.hpp"

namespace postern::runner {

/// Unlinks the unlocked files of incoming/. Of the staged children that nobody works on, those that their
/// parent's log names are filed, those that it does not name are unlinked, and those whose parent is gone
/// are filed. What an administrator has taken out of hold/ in its log alone goes to its lane, or
/// away.
Result<Found> sweep(const Tools& tools, Suspects& suspects);

}  // namespace postern::runner
