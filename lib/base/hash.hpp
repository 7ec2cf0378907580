// SPDX-License-Identifier: BSD-2-Clause
// BLAKE2b (RFC 7693) by libsodium: sums of spool files, chains of their logs, derived names.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace postern {

/// A running hash. Feed it with add(), read it once with finish().
class Hash {
public:
    explicit Hash(std::size_t digest_octets);
    Hash& add(std::string_view bytes);
    /// The digest in lower-case hex.
    std::string finish_hex();
    /// The digest's octets.
    std::string finish();

private:
    // libsodium's state: 384 octets, 64-aligned (checked in hash.cpp), so that its header stays there.
    alignas(64) std::array<unsigned char, 384> state_;
    std::size_t digest_octets_;
};

/// Hex of the BLAKE2b digest of `bytes`, `digest_octets` long.
std::string hash_hex(std::size_t digest_octets, std::string_view bytes);

}  // namespace postern
