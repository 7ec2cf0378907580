// SPDX-License-Identifier: BSD-2-Clause
#include "runner/quoted_printable.hpp"

#include "base/ascii.hpp"

namespace postern::runner {

namespace {

constexpr std::size_t kLongestEncodedLine = 76;  // with the "=" of a soft line break

std::string encode(char c, bool is_last_of_line) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const bool is_plain = ascii::is_blank(c) ? !is_last_of_line : ascii::is_printable(c) && c != '=';
    if (is_plain) return std::string(1, c);
    const auto octet = static_cast<unsigned char>(c);
    return {'=', hex[octet >> 4], hex[octet & 15]};
}

void append_line(std::string& out, std::string_view line) {
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string encoded = encode(line[i], i + 1 == line.size());
        if (column + encoded.size() >= kLongestEncodedLine) {
            out += "=\r\n";
            column = 0;
        }
        out += encoded;
        column += encoded.size();
    }
}

}  // namespace

std::string to_quoted_printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = text.find("\r\n");
        append_line(out, text.substr(0, end));
        if (end == std::string_view::npos) break;
        out += "\r\n";
        text.remove_prefix(end + 2);
    }
    return out;
}

}  // namespace postern::runner
