// SPDX-License-Identifier: BSD-2-Clause
#include "base/sha256.hpp"

#include <sodium.h>

namespace postern {

namespace {

// As in hash.cpp, libsodium needs no sodium_init() for these.

using Mac = crypto_auth_hmacsha256_state;

const unsigned char* octets_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* octets_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Mac keyed(std::string_view key) {
    Mac mac;
    crypto_auth_hmacsha256_init(&mac, octets_of(key), key.size());
    return mac;
}

/// `mac` is a copy: its key has been worked in already, half of the cost of a short text.
std::string finish(Mac mac, std::string_view text) {
    std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_update(&mac, octets_of(text), text.size());
    crypto_auth_hmacsha256_final(&mac, octets_of(digest));
    return digest;
}

}  // namespace

std::string sha256(std::string_view octets) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(octets_of(digest), octets_of(octets), octets.size());
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view text) { return finish(keyed(key), text); }

std::string pbkdf2_sha256(std::string_view password, std::string_view salt, std::uint32_t iterations) {
    constexpr std::string_view first_block{"\0\0\0\1", 4};
    const Mac mac = keyed(password);
    std::string round = finish(mac, std::string(salt).append(first_block));
    std::string sum = round;
    for (std::uint32_t i = 1; i < iterations; ++i) {
        round = finish(mac, round);
        for (std::size_t at = 0; at < sum.size(); ++at) sum[at] = static_cast<char>(sum[at] ^ round[at]);
    }
    return sum;
}

}  // namespace postern
