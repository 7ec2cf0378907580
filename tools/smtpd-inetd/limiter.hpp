// SPDX-License-Identifier: BSD-2-Clause
// The limiter of one process: its table and bans, opened before confinement.
#pragma once

#include <optional>

#include "policy/limits.hpp"
#include "startup.hpp"
#include "sys/shared_table.hpp"

namespace postern::tools {

class Limiter {
public:
    /// Without a table that can be used, one line in the log, and mail goes on.
    explicit Limiter(const Startup& startup);

    policy::Limits& limits() { return limits_; }
    /// A slot for this process. With too many sessions, the refusal, and its line is in the log.
    policy::Limits::Refusal enter(int connection);
    /// Limits::admit(). Trusted is who speaks for many clients, and who stands in relay-hosts by address: to
    /// find out its name would take longer than a refusal may.
    policy::Limits::Refusal admit(const IpAddress& peer, bool speaks_for_many);

private:
    const Startup& startup_;
    std::optional<sys::SharedTable> table_;
    policy::Limits limits_;
};

}  // namespace postern::tools
