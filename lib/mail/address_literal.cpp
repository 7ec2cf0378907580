// SPDX-License-Identifier: BSD-2-Clause
#include "mail/address_literal.hpp"

#include <charconv>
#include <vector>

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

constexpr std::string_view kIpv6Tag = "IPv6:";
constexpr std::size_t kAllGroups = 8;
constexpr std::size_t kMostBesideGap = 6;  // "::" stands for two or more

using Octets4 = std::array<std::uint8_t, 4>;
using Groups = std::vector<std::uint16_t>;

/// Snum 3("." Snum); Snum = 1*3DIGIT, at most 255, decimal whatever it begins with
std::optional<Octets4> parse_ipv4(std::string_view text) {
    Octets4 octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const auto end = i + 1 < octets.size() ? text.find('.') : text.size();
        if (end > 3) return std::nullopt;
        const auto number = ascii::parse_number<std::uint8_t>(text.substr(0, end));
        if (!number) return std::nullopt;
        octets[i] = *number;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return octets;
}

/// IPv6-hex = 1*4HEXDIG
std::optional<std::uint16_t> parse_group(std::string_view text) {
    std::uint16_t group = 0;
    if (text.empty() || text.size() > 4) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), group, 16);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return group;
}

void append(Groups& groups, const Octets4& octets) {
    groups.push_back(static_cast<std::uint16_t>(octets[0] << 8 | octets[1]));
    groups.push_back(static_cast<std::uint16_t>(octets[2] << 8 | octets[3]));
}

enum class Ending { group, group_or_ipv4 };

/// Groups with colons between them, none for ""; the end of an address may be written as IPv4.
std::optional<Groups> parse_groups(std::string_view text, Ending ending) {
    Groups groups;
    while (!text.empty()) {
        const auto colon = std::min(text.find(':'), text.size());
        const auto word = text.substr(0, colon);
        const bool is_last = colon == text.size();
        if (const auto group = parse_group(word)) {
            groups.push_back(*group);
        } else {
            const auto ipv4 = is_last && ending == Ending::group_or_ipv4 ? parse_ipv4(word) : std::nullopt;
            if (!ipv4) return std::nullopt;
            append(groups, *ipv4);
        }
        if (is_last) break;
        text.remove_prefix(colon + 1);
        if (text.empty()) return std::nullopt;
    }
    return groups;
}

IpAddress to_address(const Groups& front, const Groups& back) {
    std::array<std::uint8_t, 16> octets{};
    const auto put = [&](std::size_t place, std::uint16_t group) {
        octets[2 * place] = static_cast<std::uint8_t>(group >> 8);
        octets[2 * place + 1] = static_cast<std::uint8_t>(group & 0xff);
    };
    for (std::size_t i = 0; i < front.size(); ++i) put(i, front[i]);
    for (std::size_t i = 0; i < back.size(); ++i) put(kAllGroups - back.size() + i, back[i]);
    return IpAddress::v6(octets);
}

/// IPv6-full, IPv6-comp, IPv6v4-full, IPv6v4-comp
std::optional<IpAddress> parse_ipv6(std::string_view text) {
    const auto gap = text.find("::");
    const bool has_gap = gap != std::string_view::npos;
    const auto front = parse_groups(text.substr(0, gap), has_gap ? Ending::group : Ending::group_or_ipv4);
    const auto back = has_gap ? parse_groups(text.substr(gap + 2), Ending::group_or_ipv4) : Groups{};
    if (!front || !back) return std::nullopt;
    const auto count = front->size() + back->size();
    if (has_gap ? count > kMostBesideGap : count != kAllGroups) return std::nullopt;
    return to_address(*front, *back);
}

}  // namespace

std::optional<IpAddress> parse_address_literal(std::string_view inside) {
    if (ascii::starts_ignoring_case(inside, kIpv6Tag)) return parse_ipv6(inside.substr(kIpv6Tag.size()));
    const auto ipv4 = parse_ipv4(inside);
    return ipv4 ? std::optional(IpAddress::v4(*ipv4)) : std::nullopt;
}

}  // namespace postern::mail
