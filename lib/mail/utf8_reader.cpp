// SPDX-License-Identifier: BSD-2-Clause
#include "mail/utf8_reader.hpp"

namespace postern::mail {

bool Utf8Reader::take(char octet) {
    const auto c = static_cast<unsigned char>(octet);
    if (missing_ == 0) return begin(c);
    const bool fits = c >= least_ && c <= most_;
    missing_ = fits ? missing_ - 1 : 0;
    least_ = 0x80;
    most_ = 0xbf;
    return fits;
}

/// The second octet's bounds keep out longer forms than needed, surrogates, and what is above U+10FFFF.
bool Utf8Reader::begin(unsigned char c) {
    if (c < 0x80) return true;
    if (c < 0xc2 || c > 0xf4) return false;
    missing_ = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
    if (c == 0xe0) least_ = 0xa0;
    if (c == 0xed) most_ = 0x9f;
    if (c == 0xf0) least_ = 0x90;
    if (c == 0xf4) most_ = 0x8f;
    return true;
}

}  // namespace postern::mail
