// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <string>

namespace postern::smtpctl {

/// Who gives the order, for records and log: the user who called sudo(8), else the one whose process this is.
/// To be asked before Toolbox::enter(), which makes root the owner of the tree.
std::string administrator();

}  // namespace postern::smtpctl
