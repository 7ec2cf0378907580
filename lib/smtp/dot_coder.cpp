// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/dot_coder.hpp"

namespace postern::smtp {

namespace {

constexpr std::size_t kLongestTextLine = 1000;  // RFC 5321 §4.5.3.1.6: with CRLF, without a stuffed dot

/// A whole line at the start of `input` that needs no second look; 0 when there is none.
std::size_t plain_line(std::string_view input) {
    if (input.empty() || input.front() == '.') return 0;
    const auto cr = input.substr(0, kLongestTextLine).find('\r');
    if (cr == std::string_view::npos || cr + 1 >= input.size() || input[cr + 1] != '\n') return 0;
    if (cr + 2 > kLongestTextLine) return 0;
    const std::string_view text = input.substr(0, cr);
    if (text.find('\n') != std::string_view::npos || text.find('\0') != std::string_view::npos) return 0;
    return cr + 2;
}

}  // namespace

DotDecoder::Piece DotDecoder::decode(std::string_view input) {
    const bool was_sound = !flaw_;
    std::size_t begin = 0, at = 0;
    while (at < input.size() && state_ != State::ended) {
        if (state_ == State::line_start)
            if (const auto length = plain_line(input.substr(at))) {
                at += length;
                continue;
            }
        const auto octet = take(input[at++]);
        const auto stretch = input.substr(begin, at - 1 - begin);
        if (was_sound && flaw_) return {stretch, at, false};
        if (octet == Octet::kept) continue;
        if (!flaw_ && !stretch.empty()) return {stretch, at, false};
        begin = at;
    }
    return {flaw_ ? std::string_view{} : input.substr(begin, at - begin), at, state_ == State::ended};
}

DotDecoder::Octet DotDecoder::take(char c) {
    switch (state_) {
        case State::line_start:
            line_octets_ = 0;
            if (c != '.') return take_text(c);
            state_ = State::dot;
            return Octet::dropped;
        case State::dot:
            if (c != '\r') return take_text(c);
            state_ = State::dot_cr;
            return Octet::dropped;
        case State::dot_cr:
        case State::cr:
            if (c != '\n') {
                note(ContentFlaw::bare_newline);
                return take_text(c);
            }
            if (state_ == State::dot_cr) {
                state_ = State::ended;
                return Octet::dropped;
            }
            state_ = State::line_start;
            return Octet::kept;
        case State::text:
        case State::ended: break;
    }
    return take_text(c);
}

DotDecoder::Octet DotDecoder::take_text(char c) {
    state_ = c == '\r' ? State::cr : State::text;
    if (c == '\n') note(ContentFlaw::bare_newline);
    if (c == '\0') note(ContentFlaw::nul);
    if (++line_octets_ >= kLongestTextLine) note(ContentFlaw::long_line);  // and its LF is to come
    return Octet::kept;
}

/// The first flaw is the one that is told.
void DotDecoder::note(ContentFlaw flaw) {
    if (!flaw_) flaw_ = flaw;
}

std::string DotEncoder::encode(std::string_view content) {
    std::string out;
    out.reserve(content.size() + content.size() / 64);
    for (const char c : content) {
        if (state_ == State::line_start && c == '.') out += '.';
        out += c;
        if (c == '\n' && state_ == State::cr)
            state_ = State::line_start;
        else
            state_ = c == '\r' ? State::cr : State::text;
    }
    return out;
}

std::string DotEncoder::finish() { return state_ == State::line_start ? ".\r\n" : "\r\n.\r\n"; }

}  // namespace postern::smtp
