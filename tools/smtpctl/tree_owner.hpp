// SPDX-License-Identifier: BSD-2-Clause
// Whom a new userland belongs to. Nothing works as root, so root names somebody, and the tree's first
// directory is all that is made with root's rights.
#pragma once

#include <string>

#include "base/result.hpp"
#include "sys/file_system.hpp"

namespace postern::smtpctl {

/// Makes `root` if it is missing and becomes its owner. `owner`: USER or USER:GROUP, names or numbers; ""
/// = whoever owns the directory, or runs this. Refuses a directory of root's that is not empty.
Status settle_down(sys::FileSystem& files, const std::string& root, const std::string& owner);

}  // namespace postern::smtpctl
