// SPDX-License-Identifier: BSD-2-Clause
#include "mail/author_list.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "mail/token_reader.hpp"

namespace postern::mail {

namespace {

/// What an address is made of, one letter a token: a = atom, q = quoted string, l = [literal], x = an octet
/// that stands in no address; dots, @ and other specials stand for themselves. "joe.b @ example.org" is
/// "a.a@a.a".
using Shape = std::string;

bool is_word(char token) { return token == 'a' || token == 'q'; }

/// Words with dots between them. RFC 5322 wants one dot, and between words only; names like "a..b" and "a."
/// are addresses of mobile phones.
bool is_local_part(std::string_view shape) {
    if (std::ranges::none_of(shape, is_word)) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (!is_word(shape[i]) && shape[i] != '.') return false;
        if (i > 0 && is_word(shape[i]) && is_word(shape[i - 1])) return false;
    }
    return true;
}

bool is_host(std::string_view shape) {
    if (shape == "l") return true;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] != (i % 2 == 0 ? 'a' : '.')) return false;
    return !shape.empty();
}

bool is_address(std::string_view shape) {
    const auto at = shape.find('@');
    if (at == std::string_view::npos) return is_local_part(shape);
    return is_local_part(shape.substr(0, at)) && is_host(shape.substr(at + 1));
}

/// Without "@a.example,@b.example:" (§4.4).
std::string_view without_route(std::string_view shape) {
    const auto colon = shape.find(':');
    return shape.starts_with('@') && colon != std::string_view::npos ? shape.substr(colon + 1) : shape;
}

class ListReader {
public:
    ListReader(std::string_view value, NullAuthor null_author) : in_(value), null_author_(null_author) {}

    bool names_an_author() && {
        for (in_.skip_blanks(); !in_.at_end(); in_.skip_blanks()) take_token();
        end_element();
        return found_ && !is_wrong_ && !in_.broken();
    }

private:
    void take_token() {
        switch (in_.peek()) {
            case ',': in_.take_any(); return end_element();
            case ':': in_.take_any(); return begin_group();
            case ';': in_.take_any(); return end_group();
            case '<': in_.take_any(); return take_angle();
            default: bare_ += take_shape(bare_);
        }
    }

    /// The next token's letter; `before` it stands what was read of the same address.
    char take_shape(std::string_view before) {
        if (!in_.take_while(is_atom_octet_utf8).empty()) return 'a';
        if (in_.take_quoted()) return 'q';
        const char c = in_.take_any();
        if (c == '[' && before.ends_with('@')) {
            in_.take_while([](char each) { return each != ']' && each != '['; });
            return in_.take(']') ? 'l' : 'x';
        }
        return std::string_view(".@,:").find(c) != std::string_view::npos ? c : 'x';
    }

    void take_angle() {
        Shape inside;
        for (in_.skip_blanks(); in_.peek() != '>'; in_.skip_blanks()) {
            if (in_.at_end()) return note_wrong();
            inside += take_shape(inside);
        }
        in_.take('>');
        has_angle_ = true;
        const bool is_null = inside.empty() && null_author_ == NullAuthor::allowed;
        note(is_null || is_address(without_route(inside)));
    }

    /// A phrase without address is no mistake: with a comma in it, a display name looks like two of a list.
    void end_element() {
        if (!has_angle_ && !bare_.empty()) {
            if (is_address(bare_))
                found_ = true;
            else if (bare_.find('@') != Shape::npos)
                note_wrong();
        }
        bare_.clear();
        has_angle_ = false;
    }

    void begin_group() {
        in_group_ = !bare_.empty();
        bare_.clear();
    }

    void end_group() {
        end_element();
        if (std::exchange(in_group_, false)) found_ = true;  // even if nobody is in it
    }

    void note(bool is_right) { is_right ? void(found_ = true) : note_wrong(); }
    void note_wrong() { is_wrong_ = true; }

    TokenReader in_;
    NullAuthor null_author_;
    Shape bare_;  ///< of the element, as far as it stands outside of <>
    bool has_angle_ = false;
    bool in_group_ = false;
    bool found_ = false;
    bool is_wrong_ = false;
};

}  // namespace

bool names_an_author(std::string_view value, NullAuthor null_author) {
    return ListReader(value, null_author).names_an_author();
}

}  // namespace postern::mail
