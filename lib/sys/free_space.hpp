// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace postern::sys {

/// Octets that an ordinary user may still write to the file system of `path`.
Result<std::uint64_t> free_space(const std::string& path);

}  // namespace postern::sys
