// SPDX-License-Identifier: BSD-2-Clause
// Base32 of RFC 4648 §6, lower case and without padding: message ids.
#pragma once

#include <span>
#include <string>

namespace postern {

/// 128 bits give 26 characters.
std::string to_base32(std::span<const unsigned char> bytes);

}  // namespace postern
