// SPDX-License-Identifier: BSD-2-Clause
#include "runner/report_words.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::runner {

namespace {

constexpr std::size_t kLongestWords = 500;
constexpr std::size_t kLineWidth = 76;
constexpr std::size_t kLongestLine = 998;  // RFC 5322 §2.1.1

char harmless(char c) {
    if (ascii::is_blank(c) || c == '\r' || c == '\n') return ' ';
    return ascii::is_printable(c) ? c : '?';
}

int upper_hex(char c) {
    if (ascii::is_digit(c)) return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
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

std::string from_xtext(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+') {
            if (i + 2 >= text.size()) return {};
            const int high = upper_hex(text[i + 1]), low = upper_hex(text[i + 2]);
            if (high < 0 || low < 0) return {};
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (!ascii::is_printable(c)) return {};
        plain += c;
    }
    return plain.size() > kLongestWords ? std::string() : plain;
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
