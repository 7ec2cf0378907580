// SPDX-License-Identifier: BSD-2-Clause
// Before a pass of deliver: what crashed processes have left in incoming/ and staged/.
#pragma once

#include "runner/worker.hpp"

namespace postern::runner {

/// Unlinks the unlocked files of incoming/. Of the staged children that nobody works on, those that their
/// parent's log names are filed, those that it does not name are unlinked, and those whose parent is gone
/// are filed.
Status sweep(Tools tools);

}  // namespace postern::runner
