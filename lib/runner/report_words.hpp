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
/// Text in lines that end in LF, each wrapped as above behind the blanks that it begins with; they end in
/// CRLF then.
std::string wrapped_lines(std::string_view text);
/// For a header field: folded, and in encoded-words (RFC 2047) unless it is printable ASCII. Cut to a length
/// that a subject may have.
std::string header_words(std::string_view utf8);
/// The subject of a message by its header, unfolded and made harmless; "" when it has none.
std::string subject_in(std::string_view header);
/// What xtext stands for (RFC 3461 §4); "" when it is none or does not fit into a line.
std::string words_of_xtext(std::string_view text);
/// Printable ASCII and tabs in lines of at most 998 octets?
bool is_seven_bit_text(std::string_view text);

}  // namespace postern::runner
