// SPDX-License-Identifier: BSD-2-Clause
// The quoted-printable encoding of RFC 2045 §6.7, for text with CRLF line ends. Pure.
#pragma once

#include <string>
#include <string_view>

namespace postern::runner {

std::string to_quoted_printable(std::string_view text);

}  // namespace postern::runner
