// SPDX-License-Identifier: BSD-2-Clause
// Judges who logs in. A wrong password, a user who does not exist and one who may not log in get the same
// answer at the same cost: one argon2id, whose number at a time is bounded over all sessions. Application
// passwords and SCRAM need none. Each failure is a line in the log, "auth_failed", with its reason; each
// success is one, "login".
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "accounts/credentials.hpp"
#include "accounts/last_logins.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/randomness.hpp"
#include "smtp/effect.hpp"

namespace postern::server {

class Gatekeeper {
public:
    /// What it works with; all outlives it.
    struct World {
        const accounts::Accounts& accounts;
        const accounts::Options& options;  ///< where passwords lie; the domain of a bare name
        sys::FileSystem& files;
        accounts::LastLogins& last_logins;
        const Clock& clock;
        Randomness& randomness;
        Log& log;
        /// Runs it when a slot is free; false when none became so in time.
        std::function<Result<bool>(const std::function<void()>& costly)> in_turn;
    };

    explicit Gatekeeper(World world) : world_(std::move(world)) {}

    /// A refusal is login_refused, or login_impossible for trouble of this machine.
    smtp::LoginVerdict judge(const smtp::AskLogin& asked);
    /// FoundKeys, for everybody; a refusal is for trouble of this machine.
    smtp::Answer find_keys(const smtp::AskKeys& asked);

private:
    struct Found {
        std::optional<accounts::Mailbox> mailbox = std::nullopt;  ///< of an account that may log in
        accounts::Credentials credentials = {};
        std::string_view reason = "no such user";  ///< why it cannot be believed, so far
    };
    struct Believed {
        std::string app = {};  ///< the application whose password it was
    };
    using Judgement = std::variant<Believed, std::string_view>;  ///< or the reason against it

    Result<Found> find(const sasl::Identity& who) const;
    std::string usual_spelling_of(std::string_view name) const;
    Result<std::optional<accounts::Account>> account_of(std::string_view name) const;
    Result<Judgement> weigh(const Found& found, const sasl::Evidence& evidence);
    Result<Judgement> weigh_password(const Found& found, std::string_view password);
    Result<sasl::ScramKeys> keys_for(const Found& found, const sasl::Identity& who) const;
    smtp::LoginVerdict welcome(const smtp::AskLogin& asked, const accounts::Mailbox& mailbox,
                               const Believed& believed);
    smtp::LoginVerdict turn_away(const smtp::AskLogin& asked, const Found& found, std::string_view reason);
    void log_trouble(const Error& error);

    World world_;
};

}  // namespace postern::server
