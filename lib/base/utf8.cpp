// SPDX-License-Identifier: BSD-2-Clause
#include "base/utf8.hpp"

namespace postern::utf8 {

namespace {

struct Range {
    unsigned char lowest, highest;
};

/// What may follow a first octet; the octets behind that are 0x80 to 0xBF.
struct Lead {
    Range first, second;
    std::size_t length;
};
constexpr Lead kLeads[] = {
    {{0xc2, 0xdf}, {0x80, 0xbf}, 2}, {{0xe0, 0xe0}, {0xa0, 0xbf}, 3}, {{0xe1, 0xec}, {0x80, 0xbf}, 3},
    {{0xed, 0xed}, {0x80, 0x9f}, 3}, {{0xee, 0xef}, {0x80, 0xbf}, 3}, {{0xf0, 0xf0}, {0x90, 0xbf}, 4},
    {{0xf1, 0xf3}, {0x80, 0xbf}, 4}, {{0xf4, 0xf4}, {0x80, 0x8f}, 4},
};

bool is_in(char c, Range range) {
    const auto octet = static_cast<unsigned char>(c);
    return octet >= range.lowest && octet <= range.highest;
}

bool begins_with(std::string_view bytes, const Lead& lead) {
    if (bytes.size() < lead.length || !is_in(bytes[0], lead.first) || !is_in(bytes[1], lead.second))
        return false;
    for (std::size_t i = 2; i < lead.length; ++i)
        if (!is_in(bytes[i], {0x80, 0xbf})) return false;
    return true;
}

bool is_control(std::string_view character) {
    if (character.size() == 1) return is_in(character[0], {0x00, 0x1f}) || character[0] == '\x7f';
    return character.size() == 2 && character[0] == '\xc2' && is_in(character[1], {0x80, 0x9f});
}

}  // namespace

std::size_t length_of_first(std::string_view bytes) {
    if (bytes.empty()) return 0;
    if (is_in(bytes[0], {0x00, 0x7f})) return 1;
    for (const Lead& lead : kLeads)
        if (begins_with(bytes, lead)) return lead.length;
    return 0;
}

bool is_text(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = length_of_first(bytes);
        if (length == 0 || is_control(bytes.substr(0, length))) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

}  // namespace postern::utf8
