// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "base/ip_address.hpp"

namespace postern::policy {

/// There are slots for so many, whatever limits.sessions says.
inline constexpr std::size_t kMostSessions = 4096;

/// limits.*, as far as processes have to know of each other. 0 = any number, but for `sessions`.
struct LimitOptions {
    std::size_t sessions = 500;                         ///< at once, of all
    std::uint64_t sessions_per_source = 50;             ///< at once
    std::uint64_t sessions_per_account = 50;            ///< at once, of a user who has logged in
    std::uint64_t connections_per_minute = 300;         ///< of a source
    std::uint64_t messages_per_hour = 2'000;            ///< of a source
    std::uint64_t recipients_per_hour = 10'000;         ///< of a source
    std::uint64_t account_messages_per_hour = 500;      ///< of a user who has logged in
    std::uint64_t account_recipients_per_hour = 5'000;  ///< likewise
    std::uint64_t auth_failures = 20;                   ///< of a source in an hour; then it is banned
    std::uint64_t unknown_recipients = 200;             ///< likewise
    std::uint64_t all_connections_per_minute = 0;  ///< of all who are held to limits of a source, together
    std::uint64_t all_messages_per_hour = 0;       ///< likewise
    std::uint64_t all_recipients_per_hour = 0;     ///< likewise
    std::uint64_t all_auth_failures = 0;           ///< of all; then each source has one in an hour
    std::uint64_t all_unknown_recipients = 0;      ///< likewise
    std::chrono::milliseconds ban = std::chrono::hours(1);
    std::vector<IpNetwork> exempt = {};  ///< sources that nothing limits
};

}  // namespace postern::policy
