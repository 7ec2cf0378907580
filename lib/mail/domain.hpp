// SPDX-License-Identifier: BSD-2-Clause
// A domain name as RFC 5321 §4.1.2 and §2.3.5 allow it, and RFC 6531 §3.3 beyond that: labels of letters,
// digits and inner hyphens, or U-labels. Whichever way it was written, it is held as it stands in the DNS.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

/// ASCII in lower case, U-labels as A-labels (RFC 5890 §2.3.2.1), no trailing dot, 1–253 octets, labels of
/// 1–63. Holds no illegal name; what an A-label in it stands for is not looked into.
class Domain {
public:
    static std::optional<Domain> parse(std::string_view text);
    const std::string& text() const { return text_; }
    /// For people: A-labels as U-labels, where they stand for one.
    std::string unicode() const;
    auto operator<=>(const Domain&) const = default;

private:
    explicit Domain(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace postern::mail
