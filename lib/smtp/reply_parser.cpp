// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/reply_parser.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "smtp/enhanced_status.hpp"

namespace postern::smtp {

namespace {

// RFC 5321 §4.5.3.1.5 allows 512 octets a line; servers are known to say more.
constexpr std::size_t kLongestHeardLine = 4096;
constexpr std::size_t kLongestReply = 64 * 1024;
constexpr std::size_t kCodeDigits = 3;

std::optional<int> code_of(std::string_view line) {
    if (line.size() < kCodeDigits || line[0] < '2' || line[0] > '5') return std::nullopt;
    return ascii::parse_number<int>(line.substr(0, kCodeDigits));
}

char made_harmless(char c) {
    if (c == '\t') return ' ';
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
}

/// "5.1.1 who?" → "who?", and the status goes to `reply` when it has none yet.
std::string_view without_status(std::string_view text, Reply& reply) {
    const auto status = leading_status(text);
    if (status.empty() || status.front() != static_cast<char>('0' + reply.code / 100)) return text;
    if (reply.status.empty()) reply.status = status;
    return ascii::trim(text.substr(status.size()));
}

}  // namespace

void ReplyParser::receive(std::string_view bytes) {
    if (broken_) return;
    buffer_.erase(0, std::exchange(at_, 0));
    buffer_ += bytes;
}

std::optional<std::string_view> ReplyParser::next_line() {
    const auto end = buffer_.find('\n', at_);
    broken_ = std::min(end, buffer_.size()) - at_ > kLongestHeardLine;
    if (broken_ || end == std::string::npos) return std::nullopt;
    auto line = std::string_view(buffer_).substr(at_, end - at_);
    at_ = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

ReplyParser::Line ReplyParser::take(std::string_view line) {
    const auto code = code_of(line);
    if (!code || (reply_.code != 0 && reply_.code != *code)) return Line::malformed;
    const char separator = line.size() == kCodeDigits ? ' ' : line[kCodeDigits];
    if (separator != ' ' && separator != '-') return Line::malformed;
    const bool is_first = std::exchange(reply_.code, *code) == 0;
    const auto text = without_status(line.substr(std::min(line.size(), kCodeDigits + 1)), reply_);
    if (reply_.text.size() + text.size() > kLongestReply) return Line::malformed;
    if (!is_first) reply_.text += '\n';
    std::ranges::transform(text, std::back_inserter(reply_.text), made_harmless);
    return separator == '-' ? Line::more : Line::last;
}

std::optional<Reply> ReplyParser::next() {
    while (const auto line = broken_ ? std::nullopt : next_line()) {
        const auto kind = take(*line);
        broken_ = kind == Line::malformed;
        if (kind == Line::last) return std::exchange(reply_, Reply{});
    }
    return std::nullopt;
}

}  // namespace postern::smtp
