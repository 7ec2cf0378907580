// SPDX-License-Identifier: BSD-2-Clause
#include "mail/quoted_printable.hpp"

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestEncodedLine = 76;  // with the "=" of a soft line break

enum class At { continuation, inside, line_end };

std::string in_quoted_printable(char c, At at) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const bool is_plain = ascii::is_blank(c)
                              ? at != At::line_end
                              : ascii::is_printable(c) && c != '=' && !(c == '-' && at == At::continuation);
    if (is_plain) return std::string(1, c);
    const auto octet = static_cast<unsigned char>(c);
    return {'=', hex[octet >> 4], hex[octet & 15]};
}

}  // namespace

void append_quoted_printable_line(std::string& out, std::string_view line) {
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const At at = i + 1 == line.size() ? At::line_end : At::inside;
        std::string encoded = in_quoted_printable(line[i], at);
        if (column + encoded.size() >= kLongestEncodedLine) {
            out += "=\r\n";
            column = 0;
            if (line[i] == '-') encoded = in_quoted_printable('-', At::continuation);
        }
        out += encoded;
        column += encoded.size();
    }
}

std::string to_quoted_printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = text.find("\r\n");
        append_quoted_printable_line(out, text.substr(0, end));
        if (end == std::string_view::npos) break;
        out += "\r\n";
        text.remove_prefix(end + 2);
    }
    return out;
}

}  // namespace postern::mail
