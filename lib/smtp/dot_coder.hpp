// SPDX-License-Identifier: BSD-2-Clause
// Transparency of content behind DATA (RFC 5321 §4.5.2), both ways, in pieces of any size. Nothing but
// CRLF "." CRLF ends content. The decoder finds what must not stand in it: bare CR, bare LF, NUL, lines of
// more than 998 octets; it goes on to the end all the same, so that no content is ever read as commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::smtp {

enum class ContentFlaw { bare_newline, nul, long_line };

class DotDecoder {
public:
    struct Piece {
        std::string_view bytes = {};  ///< content, a part of the input; none behind the first flaw
        std::size_t consumed = 0;     ///< octets of the input that are done with
        bool ended = false;           ///< the final dot was read; what follows is no content
    };
    /// Decodes as far as one stretch of the input is content. Call again while input is left and not ended.
    Piece decode(std::string_view input);
    /// The first flaw so far.
    std::optional<ContentFlaw> flaw() const { return flaw_; }

private:
    enum class State { line_start, dot, dot_cr, text, cr, ended };
    enum class Octet { kept, dropped };

    Octet take(char c);
    Octet take_text(char c);
    void note(ContentFlaw flaw);

    State state_ = State::line_start;
    std::size_t line_octets_ = 0;
    std::optional<ContentFlaw> flaw_ = std::nullopt;
};

class DotEncoder {
public:
    /// `content` as it goes over the wire. Lines end in CRLF.
    std::string encode(std::string_view content);
    /// The final dot, behind a CRLF if the content did not end in one.
    std::string finish();

private:
    enum class State { line_start, text, cr } state_ = State::line_start;
};

}  // namespace postern::smtp
