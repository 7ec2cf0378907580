// SPDX-License-Identifier: BSD-2-Clause
#include "mail/token_reader.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

bool is_blank_or_fold(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::string_view TokenReader::take_first(std::size_t length) {
    const auto taken = rest_.substr(0, length);
    rest_.remove_prefix(taken.size());
    return taken;
}

bool TokenReader::take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
}

char TokenReader::take_any() {
    const char c = peek();
    take_first(1);
    return c;
}

void TokenReader::skip_blanks() {
    for (;;) {
        take_while(is_blank_or_fold);
        if (peek() != '(') return;
        skip_comment();
    }
}

void TokenReader::skip_comment() {
    std::size_t depth = 0;
    while (!rest_.empty()) {
        const char c = take_any();
        if (c == '\\') take_any();
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) return;
    }
    broken_ = true;
}

std::optional<std::string> TokenReader::take_quoted() {
    if (!take('"')) return std::nullopt;
    std::string text;
    while (!rest_.empty()) {
        char c = take_any();
        if (c == '"') return text;
        if (c == '\\') c = take_any();
        text += c;
    }
    broken_ = true;
    return std::nullopt;
}

bool is_atom_octet_utf8(char c) {
    return ascii::is_alnum(c) || !ascii::is_ascii(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

}  // namespace postern::mail
