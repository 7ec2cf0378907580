// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string_view>

#include "toolbox.hpp"

namespace postern::smtpctl {

/// Sets one setting in config.json under the lock of the tree (config/edit.hpp says what `value` may be).
/// Settings that do not go together afterwards are told on `notes`, since the next change may mend them.
Ending change_setting(Toolbox& tools, std::string_view name, std::string_view value, std::ostream& notes);

}  // namespace postern::smtpctl
