// SPDX-License-Identifier: BSD-2-Clause
// What a session with AUTH needs to judge logins, wired from the real parts. Opened before confinement; after
// it, it reads secrets/passwords and domains/, and writes state/logins.
#pragma once

#include <memory>

#include "accounts/file_accounts.hpp"
#include "base/log.hpp"
#include "base/randomness.hpp"
#include "server/gatekeeper.hpp"
#include "startup.hpp"
#include "sys/shared_slots.hpp"

namespace postern::tools {

class LoginDesk {
public:
    /// What is given outlives it.
    static Result<std::unique_ptr<LoginDesk>> open(Startup& startup, Randomness& randomness, Log& log);
    LoginDesk(const LoginDesk&) = delete;
    LoginDesk& operator=(const LoginDesk&) = delete;

    server::Gatekeeper& gatekeeper() { return gatekeeper_; }

private:
    LoginDesk(Startup& startup, Randomness& randomness, Log& log, sys::SharedSlots slots);
    Result<bool> in_turn(const std::function<void()>& costly);

    std::chrono::milliseconds wait_;
    sys::SharedSlots slots_;
    accounts::FileAccounts accounts_;
    accounts::LastLogins last_logins_;
    server::Gatekeeper gatekeeper_;
};

/// Null, with a line in the log, where it cannot be opened: nobody can log in, and mail goes on.
std::unique_ptr<LoginDesk> open_login_desk(Startup& startup, Randomness& randomness, Log& log);

}  // namespace postern::tools
