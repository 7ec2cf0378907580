// SPDX-License-Identifier: BSD-2-Clause
// The paths of MAIL and RCPT: "<" [source route ":"] mailbox ">" (RFC 5321 §4.1.2).
#include <algorithm>

#include "mail/address.hpp"
#include "mail/local_part.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestPath = 256;  // §4.5.3.1.3, with the brackets

/// A path's inside, without brackets and source route, and what follows the path.
struct Split {
    std::string_view mailbox;
    std::string_view rest;
};

/// Removes "@a.example,@b.example:" (Appendix C: accepted and ignored). False when it is malformed.
bool drop_source_route(std::string_view& inside) {
    if (inside.empty() || inside.front() != '@') return true;
    const auto colon = inside.find(':');
    if (colon == std::string_view::npos) return false;
    for (std::string_view route = inside.substr(0, colon);;) {
        const auto comma = std::min(route.find(','), route.size());
        if (route.empty() || route.front() != '@') return false;
        if (!Domain::parse(route.substr(1, comma - 1))) return false;
        if (comma == route.size()) break;
        route.remove_prefix(comma + 1);
    }
    inside.remove_prefix(colon + 1);
    return !inside.empty();
}

/// Where the bracket is that closes the path: the first one outside quotes.
std::size_t find_closing_bracket(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (quoted && text[i] == '\\') ++i;
        if (!quoted && i < text.size() && text[i] == '>') return i;
    }
    return std::string_view::npos;
}

std::optional<Split> split_path(std::string_view text) {
    const auto close = find_closing_bracket(text);
    if (close == std::string_view::npos || text.front() != '<' || close + 1 > kLongestPath)
        return std::nullopt;
    Split split{text.substr(1, close - 1), text.substr(close + 1)};
    if (!split.rest.empty()) {
        if (split.rest.front() != ' ') return std::nullopt;
        split.rest.remove_prefix(1);
    }
    if (!drop_source_route(split.mailbox)) return std::nullopt;
    return split;
}

std::optional<ForwardPath> parse_mailbox(std::string_view text) {
    if (auto address = Address::parse(text)) return ForwardPath(std::move(*address));
    if (auto name = parse_local_part(text)) return ForwardPath(BareName{std::move(*name)});
    return std::nullopt;
}

}  // namespace

std::optional<ParsedPath<ReversePath>> parse_reverse_path(std::string_view text) {
    const auto split = split_path(text);
    if (!split) return std::nullopt;
    if (split->mailbox.empty()) return ParsedPath<ReversePath>{std::nullopt, split->rest};
    auto address = Address::parse(split->mailbox);
    if (!address) return std::nullopt;
    return ParsedPath<ReversePath>{std::move(address), split->rest};
}

std::optional<ParsedPath<ForwardPath>> parse_forward_path(std::string_view text) {
    const auto split = split_path(text);
    if (!split) return std::nullopt;
    auto path = parse_mailbox(split->mailbox);
    if (!path) return std::nullopt;
    return ParsedPath<ForwardPath>{std::move(*path), split->rest};
}

}  // namespace postern::mail
