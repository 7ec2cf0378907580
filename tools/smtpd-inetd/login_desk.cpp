// SPDX-License-Identifier: BSD-2-Clause
#include "login_desk.hpp"

namespace postern::tools {

Result<std::unique_ptr<LoginDesk>> LoginDesk::open(Startup& startup, Randomness& randomness, Log& log) {
    POSTERN_ASSIGN(auto slots, sys::SharedSlots::open(startup.config.directories.run + "/auth-slots",
                                                      startup.config.server.logins_at_once));
    return std::unique_ptr<LoginDesk>(new LoginDesk(startup, randomness, log, std::move(slots)));
}

LoginDesk::LoginDesk(Startup& startup, Randomness& randomness, Log& log, sys::SharedSlots slots)
    : wait_(startup.config.server.login_wait),
      slots_(std::move(slots)),
      accounts_(*startup.files, startup.config.accounts),
      last_logins_(*startup.files, accounts::last_logins_directory(startup.config.directories.state)),
      gatekeeper_({accounts_, startup.config.accounts, *startup.files, last_logins_, *startup.clock,
                   randomness, log, [this](const auto& costly) { return in_turn(costly); }}) {}

std::unique_ptr<LoginDesk> open_login_desk(Startup& startup, Randomness& randomness, Log& log) {
    auto desk = LoginDesk::open(startup, randomness, log);
    if (desk) return *std::move(desk);
    log.write(Severity::err, "trouble", {{"reason", desk.error().what()}});
    return nullptr;
}

Result<bool> LoginDesk::in_turn(const std::function<void()>& costly) {
    POSTERN_ASSIGN(const bool taken, slots_.take(std::chrono::steady_clock::now() + wait_));
    if (taken) costly();
    slots_.release();
    return taken;
}

}  // namespace postern::tools
