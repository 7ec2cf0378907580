// SPDX-License-Identifier: BSD-2-Clause
#include "base/escape.hpp"

#include "base/ascii.hpp"

namespace postern {

namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

void append_escaped(std::string& out, char c) {
    const auto octet = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[octet >> 4];
    out += kHex[octet & 15];
}

bool stays_in_file_name(char c) {
    return ascii::is_lower(c) || ascii::is_digit(c) ||
           std::string_view("._-+=").find(c) != std::string_view::npos;
}

/// How many octets the UTF-8 sequence at the start of `bytes` has; 0 if there is no valid one (RFC 3629 §4).
std::size_t utf8_length(std::string_view bytes) {
    const auto at = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return at(i) >= 0x80 && at(i) <= 0xbf; };
    const unsigned first = at(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool second =
            at(1) >= (first == 0xe0 ? 0xa0U : 0x80U) && at(1) <= (first == 0xed ? 0x9fU : 0xbfU);
        return second && tail(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const bool second =
            at(1) >= (first == 0xf0 ? 0x90U : 0x80U) && at(1) <= (first == 0xf4 ? 0x8fU : 0xbfU);
        return second && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

int hex_value(char c) {
    if (ascii::is_digit(c)) return c - '0';
    if (const char l = ascii::lower(c); l >= 'a' && l <= 'f') return l - 'a' + 10;
    return -1;
}

}  // namespace

std::string escape_file_name(std::string_view name) {
    std::string out;
    for (const char original : name) {
        const char c = ascii::lower(original);
        if (stays_in_file_name(c) && !(c == '.' && out.empty()))
            out += c;
        else
            append_escaped(out, c);
    }
    return out;
}

std::string escape_octets(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = utf8_length(bytes);
        if (length == 0 || bytes.front() == '%')
            append_escaped(out, bytes.front());
        else
            out += bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

std::optional<std::string> unescape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

}  // namespace postern
