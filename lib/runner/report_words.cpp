// SPDX-License-Identifier: BSD-2-Clause
#include "runner/report_words.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "mail/xtext.hpp"

namespace postern::runner {

namespace {

constexpr std::size_t kLongestWords = 500;
constexpr std::size_t kLineWidth = 76;
constexpr std::size_t kLongestLine = 998;  // RFC 5322 §2.1.1
constexpr std::size_t kOctetsAWord = 20;   // 60 encoded: an encoded-word has at most 75 (RFC 2047 §2)

char harmless(char c) {
    if (ascii::is_blank(c) || c == '\r' || c == '\n') return ' ';
    return ascii::is_printable(c) ? c : '?';
}

/// The last place not behind `most` where a character of UTF-8 ends.
std::size_t end_of_character(std::string_view utf8, std::size_t most) {
    if (utf8.size() <= most) return utf8.size();
    std::size_t end = most;
    while (end > 1 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
    return end;
}

std::string encoded_word(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out = "=?utf-8?Q?";
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (c == ' ')
            out += '_';
        else if (ascii::is_alnum(c))
            out += c;
        else
            (out += '=', out += hex[octet >> 4], out += hex[octet & 15]);
    }
    return out + "?=";
}

}  // namespace

std::string one_line(std::string_view text) {
    const bool is_long = text.size() > kLongestWords;
    std::string line(text.substr(0, is_long ? kLongestWords - 3 : text.size()));
    std::transform(line.begin(), line.end(), line.begin(), harmless);
    return is_long ? line + "..." : line;
}

std::string wrapped(std::string_view text, std::string_view indent) {
    std::string out;
    std::size_t column = indent.size();
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (word.empty()) continue;
        const bool is_first = out.empty();
        if (!is_first && column + 1 + word.size() > kLineWidth) {
            (out += "\r\n") += indent;
            column = indent.size();
        } else if (!is_first) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

std::string wrapped_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::string_view indent = line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.size() <= kLineWidth)
            out += line;
        else
            (out += indent) += wrapped(line.substr(indent.size()), indent);
        out += "\r\n";
    }
    return out;
}

std::string header_words(std::string_view utf8) {
    const std::string_view text = utf8.substr(0, end_of_character(utf8, kLongestWords));
    if (ascii::is_ascii(text)) return wrapped(one_line(text), " ");
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t length = end_of_character(rest, kOctetsAWord);
        out += (out.empty() ? "" : "\r\n ") + encoded_word(rest.substr(0, length));
        rest.remove_prefix(length);
    }
    return out;
}

std::string subject_in(std::string_view header) {
    constexpr std::string_view name = "subject:";
    std::string subject;
    for (bool is_found = false; !header.empty();) {
        const std::size_t end = std::min(header.find("\r\n"), header.size());
        const std::string_view line = header.substr(0, end);
        header.remove_prefix(std::min(end + 2, header.size()));
        const bool is_folded = !line.empty() && ascii::is_blank(line.front());
        if (is_found && !is_folded) break;
        if (!is_found && !ascii::starts_ignoring_case(line, name)) continue;
        subject += is_found ? line : line.substr(name.size());
        is_found = true;
    }
    return one_line(ascii::trim(subject));
}

std::string words_of_xtext(std::string_view text) {
    const auto plain = mail::from_xtext(text);
    const bool is_fit =
        plain && plain->size() <= kLongestWords && std::ranges::all_of(*plain, ascii::is_printable);
    return is_fit ? *plain : std::string();
}

bool is_seven_bit_text(std::string_view text) {
    while (!text.empty()) {
        const auto end = text.find("\r\n");
        const std::string_view line = text.substr(0, end);
        const bool is_fit =
            std::all_of(line.begin(), line.end(), [](char c) { return ascii::is_printable(c) || c == '\t'; });
        if (!is_fit || line.size() > kLongestLine) return false;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 2);
    }
    return true;
}

}  // namespace postern::runner
