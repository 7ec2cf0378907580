// SPDX-License-Identifier: BSD-2-Clause
#include "base/base32.hpp"

#include <string_view>

namespace postern {

std::string to_base32(std::span<const unsigned char> bytes) {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::string out;
    unsigned pending = 0, bits = 0;
    for (const unsigned char octet : bytes) {
        pending = (pending << 8 | octet) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[pending >> (bits - 5) & 31];
    }
    if (bits > 0) out += alphabet[pending << (5 - bits) & 31];
    return out;
}

}  // namespace postern
