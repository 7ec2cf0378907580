// SPDX-License-Identifier: BSD-2-Clause
// The login name of a user of this machine, from a passwd(5) file. By reading it: a static program has no
// NSS, so users that only a directory service knows have a number and no name here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sys/file_system.hpp"

namespace postern::sys {

/// "" when no line has that number; the first one counts, as for getpwuid(3).
std::string login_name_in(std::string_view passwd, std::uint32_t user);

/// From /etc/passwd.
Result<std::string> login_name(FileSystem& files, std::uint32_t user);

}  // namespace postern::sys
