// SPDX-License-Identifier: BSD-2-Clause
// The quoted-printable encoding (RFC 2045 §6.7) of text whose lines end in CRLF. No line that it breaks goes
// on with a hyphen, so that nothing can be taken for a boundary that was none.
#pragma once

#include <string>
#include <string_view>

namespace postern::mail {

std::string to_quoted_printable(std::string_view text);

/// One line, without its line end.
void append_quoted_printable_line(std::string& out, std::string_view line);

}  // namespace postern::mail
