// SPDX-License-Identifier: BSD-2-Clause
// %XX: the one way Postern writes octets that a place cannot hold: in file names, in spool lines, in logs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern {

/// A user's or domain's name as a file name: ASCII lower case; all but a-z 0-9 . _ - + = become %XX,
/// and so does a leading dot. No address can name another path.
std::string escape_file_name(std::string_view name);

/// Text for a JSON string: valid UTF-8 stays, every other octet and '%' itself become %XX.
std::string escape_octets(std::string_view bytes);

/// Undoes either. Nothing when a % is not followed by two hex digits.
std::optional<std::string> unescape(std::string_view text);

}  // namespace postern
