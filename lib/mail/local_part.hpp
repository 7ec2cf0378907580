// SPDX-License-Identifier: BSD-2-Clause
// The part of an address before the @ (RFC 5321 §4.1.2, RFC 6531 §3.3): a dot-string or a quoted string, of
// ASCII and what UTF-8 has beyond it, without control characters. Inside Postern it is kept without quotes
// and backslashes; quotes come back where they are needed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

inline constexpr std::size_t kLongestLocalPart = 64;  // RFC 5321 §4.5.3.1.1: octets, with its quotes

/// The whole of `text` as a local part, unquoted. Nothing when it is none or longer than 64 octets.
std::optional<std::string> parse_local_part(std::string_view text);

/// How many octets of `text` belong to the local part at its start: up to the closing quote, or the first
/// of "@>" and the end.
std::size_t local_part_extent(std::string_view text);

/// As it stands in an address: in quotes only where it must be.
std::string quote_local_part(std::string_view local_part);

}  // namespace postern::mail
