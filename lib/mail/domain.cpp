// SPDX-License-Identifier: BSD-2-Clause
#include "mail/domain.hpp"

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestDomain = 253;  // RFC 1035 §2.3.4: 255 octets on the wire
constexpr std::size_t kLongestLabel = 63;

/// sub-domain = Let-dig [Ldh-str] (RFC 5321 §4.1.2)
bool is_label(std::string_view label) {
    if (label.empty() || label.size() > kLongestLabel) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    for (const char c : label)
        if (!ascii::is_alnum(c) && c != '-') return false;
    return true;
}

}  // namespace

std::optional<Domain> Domain::parse(std::string_view text) {
    if (text.empty() || text.size() > kLongestDomain) return std::nullopt;
    for (std::string_view rest = text;;) {
        const auto dot = rest.find('.');
        if (!is_label(rest.substr(0, dot))) return std::nullopt;
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
    }
    return Domain(ascii::lower(text));
}

}  // namespace postern::mail
