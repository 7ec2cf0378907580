// SPDX-License-Identifier: BSD-2-Clause
#include "base/escape.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"

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
        const std::size_t length = utf8::length_of_first(bytes);
        if (length == 0 || bytes.front() == '%')
            append_escaped(out, bytes.front());
        else
            out += bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

std::optional<std::string> unescape(std::string_view text) {
    if (text.find('%') == std::string_view::npos) return std::string(text);
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
