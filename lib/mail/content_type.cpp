// SPDX-License-Identifier: BSD-2-Clause
#include "mail/content_type.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "mail/token_reader.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestBoundary = 70;

bool is_one_of(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

/// token of RFC 2045 §5.1: no blanks, controls and tspecials.
bool is_token_octet(char c) {
    return ascii::is_printable(c) && c != ' ' && !is_one_of("()<>@,;:\\\"/[]?=", c);
}

/// bchars of RFC 2046 §5.1.1.
bool is_boundary_octet(char c) { return ascii::is_alnum(c) || is_one_of("'()+_,-./:=? ", c); }

std::string_view take_word(TokenReader& in) {
    in.skip_blanks();
    const auto word = in.take_while(is_token_octet);
    in.skip_blanks();
    return word;
}

std::optional<std::string> take_parameter_value(TokenReader& in) {
    if (in.peek() == '"') return in.take_quoted();
    const auto token = in.take_while(is_token_octet);
    return token.empty() ? std::nullopt : std::optional<std::string>(token);
}

bool take_parameter(TokenReader& in, ContentType& type) {
    const auto name = take_word(in);
    if (name.empty()) return in.at_end() || in.peek() == ';';  // "text/plain;" and "; ;"
    if (!in.take('=')) return false;
    in.skip_blanks();
    auto value = take_parameter_value(in);
    in.skip_blanks();
    if (!value) return false;
    if (!ascii::equals_ignoring_case(name, "boundary")) return true;
    if (type.boundary) return false;
    type.boundary = std::move(*value);
    return true;
}

}  // namespace

std::optional<ContentType> parse_content_type(std::string_view value) {
    TokenReader in(value);
    ContentType read;
    read.type = ascii::lower(take_word(in));
    if (read.type.empty() || !in.take('/')) return std::nullopt;
    read.subtype = ascii::lower(take_word(in));
    if (read.subtype.empty()) return std::nullopt;
    while (in.take(';'))
        if (!take_parameter(in, read)) return std::nullopt;
    if (!in.at_end() || in.broken()) return std::nullopt;
    return read;
}

bool is_legal_boundary(std::string_view boundary) {
    return !boundary.empty() && boundary.size() <= kLongestBoundary && boundary.back() != ' ' &&
           std::ranges::all_of(boundary, is_boundary_octet);
}

std::optional<TransferEncoding> parse_transfer_encoding(std::string_view value) {
    TokenReader in(value);
    const std::string word = ascii::lower(take_word(in));
    if (!in.at_end() || in.broken()) return std::nullopt;
    for (const std::string_view identity : {"7bit", "8bit", "binary"})
        if (word == identity) return TransferEncoding::identity;
    if (word == "base64" || word == "quoted-printable") return TransferEncoding::encoded;
    return std::nullopt;
}

}  // namespace postern::mail
