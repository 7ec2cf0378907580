// SPDX-License-Identifier: BSD-2-Clause
// Cuts what the client sends into command lines. CRLF is the only line end (RFC 5321 §2.3.8). A line that
// is too long is counted, not stored, and a line with a bare LF is told at once and never run, nor is
// what follows it up to the next CRLF.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace postern::smtp {

/// A line that has ended, or a bare LF.
struct Line {
    enum class Flaw { none, too_long, bare_newline, control_character } flaw = Flaw::none;
    std::string_view text = {};  ///< without CRLF; its beginning when too long
    std::size_t octets = 0;      ///< with CRLF
};

class LineBuffer {
public:
    LineBuffer() { text_.reserve(kLongestLine); }  // never moved, so that wipe() reaches all of it

    /// That of AUTH (RFC 4954 §4); most commands must be shorter.
    static constexpr std::size_t kLongestLine = 12'288;

    /// Takes octets off the front of `input`, as far as the end of a line. Nothing = no line ends in it.
    /// The line's text is valid until the next call.
    std::optional<Line> take(std::string_view& input);
    /// Leaves nothing of the line that was taken last.
    void wipe() { postern::wipe(text_); }

private:
    std::optional<Line> take_octet(char c);
    void store(char c);
    Line finish();
    Line tell_bare_newline();
    void note(Line::Flaw flaw);

    std::string text_;
    std::size_t octets_ = 0;
    Line::Flaw flaw_ = Line::Flaw::none;
    bool after_cr_ = false;
    bool swallowing_ = false;  ///< behind a bare LF, up to the next CRLF
};

}  // namespace postern::smtp
