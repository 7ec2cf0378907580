// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/line_buffer.hpp"

#include <utility>

namespace postern::smtp {

namespace {

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

}  // namespace

std::optional<Line> LineBuffer::take(std::string_view& input) {
    while (!input.empty()) {
        const char c = input.front();
        input.remove_prefix(1);
        if (auto line = take_octet(c)) return line;
    }
    return std::nullopt;
}

std::optional<Line> LineBuffer::take_octet(char c) {
    if (octets_++ == 0) text_.clear();
    const bool behind_cr = std::exchange(after_cr_, c == '\r');
    if (c == '\n') {
        if (!behind_cr) return tell_bare_newline();
        if (swallowing_) {
            finish();
            return std::nullopt;
        }
        return finish();
    }
    if (behind_cr) note(Line::Flaw::bare_newline);
    if (c != '\r') store(c);
    return std::nullopt;
}

void LineBuffer::store(char c) {
    if (is_control(c)) note(Line::Flaw::control_character);
    if (octets_ + 2 <= kLongestLine)
        text_ += c;
    else
        note(Line::Flaw::too_long);
}

/// The first flaw of a line is the one that is told.
void LineBuffer::note(Line::Flaw flaw) {
    if (flaw_ == Line::Flaw::none) flaw_ = flaw;
}

Line LineBuffer::finish() {
    swallowing_ = false;
    return {std::exchange(flaw_, Line::Flaw::none), text_, std::exchange(octets_, 0)};
}

Line LineBuffer::tell_bare_newline() {
    Line line = finish();
    if (std::exchange(swallowing_, true)) line.text = {};
    line.flaw = Line::Flaw::bare_newline;
    return line;
}

}  // namespace postern::smtp
