// SPDX-License-Identifier: BSD-2-Clause
#include "mail/xtext.hpp"

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

/// xchar: "!" to "~" without "+" and "="
bool is_xchar(char c) { return ascii::is_printable(c) && c != ' ' && c != '+' && c != '='; }

/// hexchar, behind its "+"
std::optional<char> take_hex_octet(std::string_view& text) {
    if (text.size() < 2) return std::nullopt;
    const auto high = kHexDigits.find(text[0]), low = kHexDigits.find(text[1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    text.remove_prefix(2);
    return static_cast<char>(high * 16 + low);
}

}  // namespace

std::optional<std::string> from_xtext(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const char c = text.front();
        text.remove_prefix(1);
        const auto octet = c == '+' ? take_hex_octet(text) : std::optional(c);
        if (!octet || (c != '+' && !is_xchar(c))) return std::nullopt;
        out += *octet;
    }
    return out;
}

std::string to_xtext(std::string_view octets) {
    std::string out;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (is_xchar(c))
            out += c;
        else
            (out += '+', out += kHexDigits[octet >> 4], out += kHexDigits[octet & 15]);
    }
    return out;
}

}  // namespace postern::mail
