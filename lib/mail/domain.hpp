// SPDX-License-Identifier: BSD-2-Clause
// A domain name as RFC 5321 §4.1.2 and §2.3.5 allow it: labels of letters, digits and inner hyphens.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

/// Lower case, no trailing dot, 1–253 octets, labels of 1–63. Holds no illegal name.
class Domain {
public:
    static std::optional<Domain> parse(std::string_view text);
    const std::string& text() const { return text_; }
    auto operator<=>(const Domain&) const = default;

private:
    explicit Domain(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace postern::mail
