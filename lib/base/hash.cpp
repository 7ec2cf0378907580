// SPDX-License-Identifier: BSD-2-Clause
#include "base/hash.hpp"

#include <sodium.h>

namespace postern {

// sodium_init is not called: it would choose the AVX2 code, a tenth faster (10 MiB: 10.1 instead of 11.3 ms),
// and costs every process 40 µs and two system calls: a gain only from 340 KiB up.

namespace {

static_assert(sizeof(crypto_generichash_state) <= 384 && alignof(crypto_generichash_state) <= 64);

crypto_generichash_state* as_state(std::array<unsigned char, 384>& bytes) {
    return reinterpret_cast<crypto_generichash_state*>(bytes.data());
}

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Hash::Hash(std::size_t digest_octets) : state_{}, digest_octets_(digest_octets) {
    crypto_generichash_init(as_state(state_), nullptr, 0, digest_octets_);
}

Hash& Hash::add(std::string_view bytes) {
    crypto_generichash_update(as_state(state_), octets(bytes), bytes.size());
    return *this;
}

std::string Hash::finish() {
    std::string digest(digest_octets_, '\0');
    crypto_generichash_final(as_state(state_), reinterpret_cast<unsigned char*>(digest.data()),
                             digest.size());
    return digest;
}

std::string Hash::finish_hex() {
    const std::string digest = finish();
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), octets(digest), digest.size());
    hex.pop_back();
    return hex;
}

std::string hash_hex(std::size_t digest_octets, std::string_view bytes) {
    return Hash(digest_octets).add(bytes).finish_hex();
}

}  // namespace postern
