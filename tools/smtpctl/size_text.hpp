// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace postern::smtpctl {

/// "5000000", "500K", "500M" or "2G" (of 1024) as octets, "none" as 0.
Result<std::uint64_t> parse_size(std::string_view text);

}  // namespace postern::smtpctl
