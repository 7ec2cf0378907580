// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/password_hash.hpp"

#include <array>

#include <sodium.h>

namespace postern::accounts {

Result<std::string> hash_password(std::string_view password) {
    if (sodium_init() < 0) return Error(Fault::temporary, "libsodium does not start");
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(),
                              crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return Error(Fault::temporary, "hash the password: not enough memory");
    return std::string(hash.data());
}

std::string_view decoy_hash() {
    return "$argon2id$v=19$m=65536,t=2,p=1$c29tZSBzYWx0IG9yIG90aA$"
           "VGhlcmUgaXMgbm8gcGFzc3dvcmQgdGhhdCBmaXRzLiA";
}

bool is_password(std::string_view password, std::string_view hash) {
    if (hash.size() >= crypto_pwhash_STRBYTES || sodium_init() < 0) return false;
    std::array<char, crypto_pwhash_STRBYTES> terminated{};
    hash.copy(terminated.data(), hash.size());
    return crypto_pwhash_str_verify(terminated.data(), password.data(), password.size()) == 0;
}

}  // namespace postern::accounts
