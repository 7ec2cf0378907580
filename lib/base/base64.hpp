// SPDX-License-Identifier: BSD-2-Clause
// Base64 of RFC 4648 §4, with padding and on one line: the dialogue of AUTH, stored keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern {

std::string to_base64(std::string_view octets);

/// Nothing when it is not what to_base64() makes of any octets.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace postern
