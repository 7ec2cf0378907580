// SPDX-License-Identifier: BSD-2-Clause
#include "mail/local_part.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace postern::mail {

namespace {

/// atext of RFC 5322 §3.2.3, and UTF8-non-ascii (RFC 6531 §3.3)
bool is_atom_octet(char c) {
    return ascii::is_alnum(c) || !ascii::is_ascii(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Dot-string = Atom *("." Atom)
bool is_dot_string(std::string_view text) {
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || is_atom_octet(c); });
}

/// Quoted-string = DQUOTE *QcontentSMTP DQUOTE: a backslash stands before " and \ themselves, and may stand
/// before printable ASCII.
std::optional<std::string> unquote(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || local_part_extent(text) != text.size()) return std::nullopt;
    std::string out;
    const std::string_view inside = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] == '\\' && !ascii::is_ascii(inside[++i])) return std::nullopt;
        out += inside[i];
    }
    return out;
}

}  // namespace

std::size_t local_part_extent(std::string_view text) {
    if (text.empty() || text.front() != '"') return std::min(text.find_first_of("@>"), text.size());
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') return i + 1;
        if (text[i] == '\\') ++i;
    }
    return std::string_view::npos;  // never closed: no local part has this many octets
}

std::optional<std::string> parse_local_part(std::string_view text) {
    if (text.size() > kLongestLocalPart || !utf8::is_text(text)) return std::nullopt;
    if (is_dot_string(text)) return std::string(text);
    return unquote(text);
}

std::string quote_local_part(std::string_view local_part) {
    if (is_dot_string(local_part)) return std::string(local_part);
    std::string out = "\"";
    for (const char c : local_part) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

}  // namespace postern::mail
