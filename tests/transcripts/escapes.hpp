// SPDX-License-Identifier: BSD-2-Clause
// How octets stand in a transcript: \r \n \0 \\ \xHH, and \{600 a} for six hundred times an a.
#pragma once

#include <string>
#include <string_view>

namespace postern::test {

/// Throws std::runtime_error when there is no such escape.
std::string unescape_octets(std::string_view text);
/// Long runs of one octet become \{N c}.
std::string escape_for_transcript(std::string_view bytes);

}  // namespace postern::test
