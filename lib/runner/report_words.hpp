// SPDX-License-Identifier: BSD-2-Clause
// Words from outside made fit for a line of a report: ASCII, printable, of bounded length. Pure.
#pragma once

#include <string>
#include <string_view>

namespace postern::runner {

/// CR, LF and tabs become spaces, what is not printable ASCII becomes '?'; cut to 500 octets.
std::string one_line(std::string_view text);
/// Text in lines of at most 76 octets where spaces allow it, each but the first behind `indent`.
std::string wrapped(std::string_view text, std::string_view indent);
/// Undoes xtext (RFC 3461 §4); "" when it is none or does not fit into a line.
std::string from_xtext(std::string_view text);
/// Printable ASCII and tabs in lines of at most 998 octets?
bool is_seven_bit_text(std::string_view text);

}  // namespace postern::runner
