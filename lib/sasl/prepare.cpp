// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/prepare.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace postern::sasl {

namespace {

struct Range {
    char32_t first, last;
};

template <std::size_t Count>
bool contains(const std::array<Range, Count>& ranges, char32_t character) {
    return std::ranges::any_of(
        ranges, [&](const Range& each) { return each.first <= character && character <= each.last; });
}

// RFC 3454, table C.1.2: other spaces, which become U+0020.
constexpr std::array kSpaces{Range{0xa0, 0xa0},     Range{0x1680, 0x1680}, Range{0x2000, 0x200b},
                             Range{0x202f, 0x202f}, Range{0x205f, 0x205f}, Range{0x3000, 0x3000}};

// Table B.1: what is left out. A zero width space is in both; §2.1 of RFC 4013 names spaces first.
constexpr std::array kNothing{Range{0xad, 0xad},     Range{0x34f, 0x34f},   Range{0x1806, 0x1806},
                              Range{0x180b, 0x180d}, Range{0x200c, 0x200d}, Range{0x2060, 0x2060},
                              Range{0xfe00, 0xfe0f}, Range{0xfeff, 0xfeff}};

// Tables C.2.1, C.2.2, C.3 to C.9: what is prohibited. Surrogates and what is no character by its last
// sixteen bits are looked for apart.
constexpr std::array kProhibited{
    Range{0x0, 0x1f},        Range{0x7f, 0x9f},       Range{0x340, 0x341},      Range{0x6dd, 0x6dd},
    Range{0x70f, 0x70f},     Range{0x180e, 0x180e},   Range{0x200e, 0x200f},    Range{0x2028, 0x202e},
    Range{0x2061, 0x2063},   Range{0x206a, 0x206f},   Range{0x2ff0, 0x2ffb},    Range{0xe000, 0xf8ff},
    Range{0xfdd0, 0xfdef},   Range{0xfff9, 0xffff},   Range{0x1d173, 0x1d17a},  Range{0xe0001, 0xe0001},
    Range{0xe0020, 0xe007f}, Range{0xf0000, 0xfffff}, Range{0x100000, 0x10ffff}};

bool is_prohibited(char32_t character) {
    return contains(kProhibited, character) || (character & 0xfffe) == 0xfffe;
}

bool is_printable_ascii(std::string_view text) { return std::ranges::all_of(text, ascii::is_printable); }

struct Freed {
    void operator()(void* memory) const { std::free(memory); }
};
template <class T>
using Owned = std::unique_ptr<T, Freed>;

/// Of valid UTF-8.
std::u32string characters_of(std::string_view text) {
    std::u32string characters;
    while (!text.empty()) {
        ucs4_t character = 0;
        const int octets =
            u8_mbtouc(&character, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
        characters += static_cast<char32_t>(character);
        text.remove_prefix(static_cast<std::size_t>(octets));
    }
    return characters;
}

/// RFC 4013 §2.1.
std::u32string mapped(const std::u32string& characters) {
    std::u32string out;
    for (const char32_t each : characters)
        if (contains(kSpaces, each))
            out += U' ';
        else if (!contains(kNothing, each))
            out += each;
    return out;
}

/// §2.2: form KC.
std::u32string normalized(const std::u32string& characters) {
    std::size_t length = 0;
    const Owned<std::uint32_t> out(u32_normalize(UNINORM_NFKC,
                                                 reinterpret_cast<const std::uint32_t*>(characters.data()),
                                                 characters.size(), nullptr, &length));
    return out ? std::u32string(reinterpret_cast<const char32_t*>(out.get()), length) : std::u32string();
}

bool is_right_to_left(char32_t character) {
    const int kind = uc_bidi_class(character);
    return kind == UC_BIDI_R || kind == UC_BIDI_AL;
}

/// §2.4, RFC 3454 §6: letters that run to the left stand at both ends, and none beside that run to the right.
bool runs_one_way(const std::u32string& characters) {
    if (std::ranges::none_of(characters, is_right_to_left)) return true;
    return is_right_to_left(characters.front()) && is_right_to_left(characters.back()) &&
           std::ranges::none_of(characters, [](char32_t each) { return uc_bidi_class(each) == UC_BIDI_L; });
}

std::string to_utf8(const std::u32string& characters) {
    std::string out;
    for (const char32_t each : characters) {
        std::array<std::uint8_t, 6> octets{};
        const int count = u8_uctomb(octets.data(), each, static_cast<int>(octets.size()));
        out.append(reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(count));
    }
    return out;
}

}  // namespace

std::optional<std::string> prepare(std::string_view text) {
    if (is_printable_ascii(text)) return std::string(text);
    if (!utf8::is_text(text)) return std::nullopt;
    const auto characters = normalized(mapped(characters_of(text)));
    if (std::ranges::any_of(characters, is_prohibited) || !runs_one_way(characters)) return std::nullopt;
    return to_utf8(characters);
}

}  // namespace postern::sasl
