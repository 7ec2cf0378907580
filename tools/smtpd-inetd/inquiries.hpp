// SPDX-License-Identifier: BSD-2-Clause
// What a session asks the world outside: other servers for recipients, the DNS for domains. A confined
// session can do neither, so a helper is forked before, where the settings want one.
#pragma once

#include <optional>

#include "callout/helper.hpp"
#include "config/config.hpp"
#include "policy/mail_domain.hpp"
#include "policy/recipients.hpp"
#include "sys/confine.hpp"

namespace postern::tools {

class Inquiries {
public:
    /// Both outlive it.
    Inquiries(const config::Config& config, Log& log) : config_(config), log_(log) {}

    /// Before the session confines itself; the helper does so, too.
    Status start(sys::Sandbox sandbox);

    /// Empty without server.callouts. `peer` is the session's: that server itself is not asked.
    policy::AskServer servers(std::optional<IpAddress> peer);
    /// Empty without smtp.check_domains.
    policy::LookAtDomain domains();

private:
    const config::Config& config_;
    Log& log_;
    std::optional<callout::Helper> helper_;
};

}  // namespace postern::tools
