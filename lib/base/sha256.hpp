// SPDX-License-Identifier: BSD-2-Clause
// SHA-256 (RFC 6234) and what is built on it, by libsodium: the keys of SCRAM. All digests are 32 octets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace postern {

std::string sha256(std::string_view octets);

/// RFC 2104.
std::string hmac_sha256(std::string_view key, std::string_view text);

/// RFC 8018 §5.2, its first 32 octets: what RFC 5802 calls Hi(). At least one iteration.
std::string pbkdf2_sha256(std::string_view password, std::string_view salt, std::uint32_t iterations);

}  // namespace postern
