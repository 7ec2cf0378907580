// SPDX-License-Identifier: BSD-2-Clause
// Reads the value of a structured field from left to right (RFC 5322 §3.2): blanks and comments, atoms,
// quoted strings. Folds are blanks: a CR or LF counts as a space. Once broken() it is at its end.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

class TokenReader {
public:
    explicit TokenReader(std::string_view value) : rest_(value) {}

    /// CFWS of §3.2.2.
    void skip_blanks();
    bool at_end() const { return rest_.empty(); }
    /// The next octet; NUL at the end.
    char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    /// Takes this octet, if it is the next one.
    bool take(char c);
    /// Takes whatever is next.
    char take_any();
    /// As many octets as there are of this kind.
    template <class Is>
    std::string_view take_while(Is is) {
        std::size_t length = 0;
        while (length < rest_.size() && is(rest_[length])) ++length;
        return take_first(length);
    }
    /// A quoted string's text (§3.2.4), when a quote is next.
    std::optional<std::string> take_quoted();

    /// A comment or a quoted string was never closed.
    bool broken() const { return broken_; }

private:
    std::string_view take_first(std::size_t length);
    void skip_comment();

    std::string_view rest_;
    bool broken_ = false;
};

/// atext of §3.2.3, and what RFC 6532 §3.2 adds to it.
bool is_atom_octet_utf8(char c);

}  // namespace postern::mail
