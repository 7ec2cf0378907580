// SPDX-License-Identifier: BSD-2-Clause
// xtext (RFC 3461 §4): ASCII in which "+", "=" and all that is not printable stand as "+" and two upper case
// hex digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

/// The octets that it stands for; nothing when it is no xtext.
std::optional<std::string> from_xtext(std::string_view text);

/// xtext of any octets.
std::string to_xtext(std::string_view octets);

}  // namespace postern::mail
