// SPDX-License-Identifier: BSD-2-Clause
#include "tls/pem.hpp"

#include <algorithm>
#include <cstdint>

#include "base/ascii.hpp"

namespace postern::tls {

namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";

/// -1 for what is no digit of Base64.
int base64_digit(char c) {
    if (ascii::is_upper(c)) return c - 'A';
    if (ascii::is_lower(c)) return c - 'a' + 26;
    if (ascii::is_digit(c)) return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Blanks and line ends between the digits mean nothing.
std::optional<Wiped> decode_base64(std::string_view text) {
    Wiped octets;
    octets.text().reserve(text.size() * 3 / 4);  // never moved, so that no copy stays behind
    std::uint32_t bits = 0;
    unsigned digits = 0;
    for (const char c : text) {
        if (c == '=') break;
        if (ascii::is_blank(c) || c == '\r' || c == '\n') continue;
        const int digit = base64_digit(c);
        if (digit < 0) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        if (++digits % 4 == 1) continue;
        octets.text() += static_cast<char>(bits >> (4 - digits % 4) * 2 % 8 & 0xff);
    }
    return octets;
}

/// The label of the line that a block begins with.
std::string_view label_at(std::string_view line) {
    const auto label = line.substr(kBegin.size());
    return label.substr(0, label.find(kDashes));
}

}  // namespace

std::optional<Wiped> find_pem_block(std::string_view text, std::string_view label) {
    while (true) {
        const auto begin = text.find(kBegin);
        if (begin == std::string_view::npos) return std::nullopt;
        text.remove_prefix(begin);
        const auto found = label_at(text);
        const auto body = std::min(text.find('\n'), text.size());
        const auto end = text.find(kEnd, body);
        if (end == std::string_view::npos) return std::nullopt;
        if (found.ends_with(label)) return decode_base64(text.substr(body, end - body));
        text.remove_prefix(end);
    }
}

}  // namespace postern::tls
