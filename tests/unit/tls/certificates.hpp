// SPDX-License-Identifier: BSD-2-Clause
// Certificates for tests, with keys that are made once: that takes longer than a test may.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "tls/make.hpp"

namespace postern::test {

inline const Instant kNow = *parse_rfc3339("2026-11-21T20:30:00Z");

/// For `names`, good from a day before kNow to a day behind it.
inline std::string self_signed(const std::vector<std::string>& names, tls::KeyKind kind = tls::KeyKind::ecdsa,
                               Instant from = kNow - std::chrono::hours(24),
                               Instant until = kNow + std::chrono::hours(24)) {
    static const auto ecdsa = *tls::make_key(tls::KeyKind::ecdsa), rsa = *tls::make_key(tls::KeyKind::rsa);
    const auto& key = kind == tls::KeyKind::rsa ? rsa : ecdsa;
    return std::string((*tls::make_self_signed(key.get(), names, from, until)).view());
}

}  // namespace postern::test
