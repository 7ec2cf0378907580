// SPDX-License-Identifier: BSD-2-Clause
#include "base/base64.hpp"

#include <cstdint>

namespace postern {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t octet(std::string_view octets, std::size_t at) {
    return at < octets.size() ? static_cast<unsigned char>(octets[at]) : 0;
}

/// Three octets, the last one or two of which may be missing, as four characters.
void append_group(std::string& out, std::string_view octets) {
    const std::uint32_t bits = octet(octets, 0) << 16 | octet(octets, 1) << 8 | octet(octets, 2);
    for (std::size_t i = 0; i < 4; ++i)
        out += i <= octets.size() ? kAlphabet[bits >> (18 - 6 * i) & 63] : '=';
}

/// How many "=" stand at the end; more than two are none.
std::size_t padding_of(std::string_view text) {
    if (!text.ends_with('=')) return 0;
    return text.ends_with("==") ? 2 : 1;
}

}  // namespace

std::string to_base64(std::string_view octets) {
    std::string out;
    out.reserve((octets.size() + 2) / 3 * 4);
    for (; octets.size() > 3; octets.remove_prefix(3)) append_group(out, octets.substr(0, 3));
    if (!octets.empty()) append_group(out, octets);
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    text.remove_suffix(padding_of(text));
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const auto value = kAlphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffff;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xff);
    }
    const bool is_canonical = (bits & ((1U << count) - 1)) == 0;  // §3.5: what is left over is zero
    return is_canonical ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace postern
