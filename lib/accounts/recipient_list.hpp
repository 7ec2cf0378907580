// SPDX-License-Identifier: BSD-2-Clause
// DOMAIN/recipients: which names of a domain that is passed on exist there, one local part a line, #
// comments. Read at each look-up from its beginning, through one buffer, however long it is.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sys/file_system.hpp"

namespace postern::accounts {

/// Does the name stand there, or what is before its +tag? Without regard to case. Fault::configuration when
/// it was not found and that may be the file's fault: it is missing or empty, or has a line that is no local
/// part.
Result<bool> is_listed(sys::FileSystem& files, const std::string& path, std::string_view local_part);

/// The first thing that is wrong with the file.
Status check_recipient_list(sys::FileSystem& files, const std::string& path);

}  // namespace postern::accounts
