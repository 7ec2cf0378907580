// SPDX-License-Identifier: BSD-2-Clause
// What is stored of a password for SCRAM-SHA-256: made of it, and as text (RFC 5803):
//   SCRAM-SHA-256$ITERATIONS:SALT$STORED-KEY:SERVER-KEY, salt and keys in base64.
#pragma once

#include <optional>

#include "sasl/exchange.hpp"

namespace postern::sasl {

inline constexpr std::string_view kScramPrefix = "SCRAM-SHA-256$";

/// `password` is prepared. Takes about a microsecond for each iteration.
ScramKeys make_keys(std::string_view password, std::string salt, std::uint32_t iterations);

/// Keys that fit no password, for a user who has none: what a client sees of them depends on the name and on
/// `secret` alone, so that nobody can tell them from those of others.
ScramKeys make_decoy_keys(std::string_view name, std::string_view secret);

/// How often the password's hash is taken for new keys, and for all decoys.
inline constexpr std::uint32_t kScramIterations = 120'000;
inline constexpr std::size_t kScramSaltOctets = 16;

std::string to_text(const ScramKeys& keys);
std::optional<ScramKeys> parse_keys(std::string_view text);

}  // namespace postern::sasl
