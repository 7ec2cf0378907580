// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/chunk.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

constexpr std::uint64_t kMostInChunk = 1'000'000'000'000;  // more than limits.message_size can be
constexpr std::size_t kLongestChunkLine = 1000;            // RFC 5321 §4.5.3.1.6: with CRLF

/// A whole sound line at the start of `text`, with its CRLF; 0 when it needs a closer look.
std::size_t sound_line(std::string_view text) {
    const auto cr = text.substr(0, kLongestChunkLine).find('\r');
    if (cr == std::string_view::npos || cr + 2 > kLongestChunkLine || cr + 1 >= text.size()) return 0;
    const auto line = text.substr(0, cr);
    if (text[cr + 1] != '\n' || line.find('\n') != line.npos || line.find('\0') != line.npos) return 0;
    return cr + 2;
}

}  // namespace

ChunkCommand parse_chunk_command(std::string_view argument) {
    const auto end = std::min(argument.find(' '), argument.size());
    auto digits = argument.substr(0, end);
    const auto marker = argument.substr(end);
    if (digits.empty() || !std::ranges::all_of(digits, ascii::is_digit)) return {};
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const auto size = ascii::parse_number<std::uint64_t>(digits);
    if (!size || *size > kMostInChunk) return {ChunkCommand::Form::endless};
    const bool is_last = ascii::equals_ignoring_case(marker, " LAST");
    const bool legal = is_last || marker.empty();
    return {legal ? ChunkCommand::Form::legal : ChunkCommand::Form::illegal, *size, is_last};
}

std::size_t ChunkChecker::read(std::string_view piece) {
    for (std::size_t at = 0; at < piece.size() && !flaw_;) {
        if (line_octets_ == 0)
            if (const auto length = sound_line(piece.substr(at))) {
                at += length;
                continue;
            }
        take(piece[at]);
        if (flaw_) return at;
        ++at;
    }
    return flaw_ ? 0 : piece.size();
}

void ChunkChecker::take(char c) {
    const bool behind_cr = std::exchange(after_cr_, c == '\r');
    if (behind_cr != (c == '\n'))
        flaw_ = ContentFlaw::bare_newline;
    else if (c == '\0')
        flaw_ = ContentFlaw::nul;
    line_octets_ = c == '\n' ? 0 : line_octets_ + 1;
    if (line_octets_ >= kLongestChunkLine && !flaw_) flaw_ = ContentFlaw::long_line;  // and its LF is to come
}

void ChunkChecker::finish() {
    if (after_cr_ && !flaw_) flaw_ = ContentFlaw::bare_newline;
}

}  // namespace postern::smtp
