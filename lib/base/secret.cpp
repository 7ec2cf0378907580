// SPDX-License-Identifier: BSD-2-Clause
#include "base/secret.hpp"

#include <sodium.h>

namespace postern {

void wipe(std::span<char> octets) { sodium_memzero(octets.data(), octets.size()); }

void wipe(std::string& text) {
    wipe(std::span(text));
    text.clear();
}

bool are_equal_secrets(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace postern
