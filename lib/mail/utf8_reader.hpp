// SPDX-License-Identifier: BSD-2-Clause
// Is it UTF-8 (RFC 3629 §4)? Octet by octet, for text that comes in pieces.
#pragma once

namespace postern::mail {

class Utf8Reader {
public:
    /// False when no valid UTF-8 can have this octet here; then it begins anew.
    bool take(char c);
    /// Between two characters.
    bool is_whole() const { return missing_ == 0; }

private:
    bool begin(unsigned char c);

    int missing_ = 0;                           ///< octets of the character that is begun
    unsigned char least_ = 0x80, most_ = 0xbf;  ///< bounds of the next one
};

}  // namespace postern::mail
