// SPDX-License-Identifier: BSD-2-Clause
// UTF-8 as RFC 3629 §4 has it: the shortest form only, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace postern::utf8 {

/// How many octets the character at the start of `bytes` has; 0 = there is no valid one.
std::size_t length_of_first(std::string_view bytes);

/// Is it valid UTF-8 throughout, without control characters (U+0000 to U+001F, U+007F to U+009F)?
bool is_text(std::string_view bytes);

}  // namespace postern::utf8
