// SPDX-License-Identifier: BSD-2-Clause
// Enhanced mail system status codes (RFC 3463 §2): "5.1.1".
#pragma once

#include <string>
#include <string_view>

#include "smtp/reply.hpp"

namespace postern::smtp {

/// The status that `text` begins with, or "": class 2, 4 or 5, two numbers of at most three digits, and
/// then a space or the end.
std::string_view leading_status(std::string_view text);

/// The reply's own status, or the general one of its class: "4.0.0".
std::string status_of(const Reply& reply);

}  // namespace postern::smtp
