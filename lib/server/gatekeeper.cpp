// SPDX-License-Identifier: BSD-2-Clause
#include "server/gatekeeper.hpp"

#include <array>
#include <utility>

#include "accounts/login_address.hpp"
#include "accounts/password_hash.hpp"
#include "base/ascii.hpp"
#include "base/base32.hpp"
#include "base/escape.hpp"
#include "smtp/replies.hpp"

namespace postern::server {

namespace {

using smtp::Verdict;

constexpr std::string_view kNoSuchUser = "no such user", kDisabled = "the account is disabled",
                           kNoPassword = "the account has no such credential",
                           kWrongPassword = "wrong password", kWrongProof = "wrong proof of the password",
                           kForAnother = "would act for another user";

constexpr std::size_t kNonceOctets = 20;

std::string random_nonce(Randomness& randomness) {
    std::array<unsigned char, kNonceOctets> octets{};
    randomness.fill(octets);
    return to_base32(octets);
}

std::string address_of(const accounts::Mailbox& mailbox) {
    return unescape(mailbox.user).value_or(mailbox.user) + '@' +
           unescape(mailbox.domain).value_or(mailbox.domain);
}

}  // namespace

smtp::LoginVerdict Gatekeeper::judge(const smtp::AskLogin& asked) {
    const auto found = find(asked.claim.who);
    const auto judgement = found ? weigh(*found, asked.claim.evidence) : Result<Judgement>(found.error());
    if (!judgement) {
        log_trouble(judgement.error());
        return {Verdict::refuse(smtp::replies::login_impossible)};
    }
    if (const auto* believed = std::get_if<Believed>(&*judgement))
        return welcome(asked, *found->mailbox, *believed);
    return turn_away(asked, *found, std::get<std::string_view>(*judgement));
}

smtp::Answer Gatekeeper::find_keys(const smtp::AskKeys& asked) {
    const auto found = find(asked.who);
    const auto keys = found ? keys_for(*found, asked.who) : Result<sasl::ScramKeys>(found.error());
    if (keys) return sasl::FoundKeys{*keys, random_nonce(world_.randomness)};
    log_trouble(keys.error());
    return Verdict::refuse(smtp::replies::login_impossible);
}

/// Who has no keys, or may not use them, has keys that fit no password.
Result<sasl::ScramKeys> Gatekeeper::keys_for(const Found& found, const sasl::Identity& who) const {
    POSTERN_ASSIGN(const std::string secret,
                   sys::read_whole_file(world_.files, accounts::decoy_secret_file(world_.options)));
    if (found.mailbox && found.credentials.scram) return *found.credentials.scram;
    return sasl::make_decoy_keys(usual_spelling_of(who.user), secret);
}

/// What the account and its file of credentials say. For nobody in particular when he cannot log in.
Result<Gatekeeper::Found> Gatekeeper::find(const sasl::Identity& who) const {
    POSTERN_ASSIGN(const auto account, account_of(who.user));
    if (!account) return Found{};
    if (account->disabled) return Found{.reason = kDisabled};
    if (!who.acts_for.empty()) {
        POSTERN_ASSIGN(const auto other, account_of(who.acts_for));
        if (!other || other->mailbox != account->mailbox) return Found{.reason = kForAnother};
    }
    POSTERN_ASSIGN(auto credentials,
                   accounts::read_credentials(world_.files, world_.options, account->mailbox));
    return Found{account->mailbox, std::move(credentials), {}};
}

/// All that would be one account if it was there: salts that differ would tell that it is not.
std::string Gatekeeper::usual_spelling_of(std::string_view name) const {
    const auto address = accounts::login_address(name, world_.options);
    if (!address) return std::string(name);
    const std::string local_part = ascii::lower(address->local_part());
    return local_part.substr(0, local_part.find('+')) + '@' + ascii::lower(address->host_text());
}

/// An alias is nobody who logs in.
Result<std::optional<accounts::Account>> Gatekeeper::account_of(std::string_view name) const {
    using Maybe = std::optional<accounts::Account>;
    const auto address = accounts::login_address(name, world_.options);
    if (!address || address->domain() == nullptr) return Maybe();
    POSTERN_ASSIGN(const bool served, world_.accounts.serves(*address->domain()));
    if (!served) return Maybe();
    POSTERN_ASSIGN(auto found, world_.accounts.look_up(*address));
    auto* account = std::get_if<accounts::Account>(&found);
    return account != nullptr ? Maybe(std::move(*account)) : Maybe();
}

Result<Gatekeeper::Judgement> Gatekeeper::weigh(const Found& found, const sasl::Evidence& evidence) {
    if (const auto* password = std::get_if<Secret>(&evidence)) return weigh_password(found, password->text());
    if (!found.mailbox) return Judgement(found.reason);
    if (!found.credentials.scram) return Judgement(kNoPassword);
    if (std::get<sasl::Proof>(evidence) == sasl::Proof::wrong) return Judgement(kWrongProof);
    return Judgement(Believed{});
}

Result<Gatekeeper::Judgement> Gatekeeper::weigh_password(const Found& found, std::string_view password) {
    if (auto app = accounts::find_app(found.credentials, password))
        return Judgement(Believed{*std::move(app)});
    const bool has_hash = !found.credentials.password_hash.empty();
    const std::string hash(has_hash ? found.credentials.password_hash : accounts::decoy_hash());
    bool fits = false;
    POSTERN_ASSIGN(const bool had_turn,
                   world_.in_turn([&] { fits = accounts::is_password(password, hash); }));
    if (!had_turn) return Error(Fault::temporary, "log in: too many passwords are being checked");
    if (!found.mailbox) return Judgement(found.reason);
    if (!has_hash) return Judgement(kNoPassword);
    return fits ? Judgement(Believed{}) : Judgement(kWrongPassword);
}

smtp::LoginVerdict Gatekeeper::welcome(const smtp::AskLogin& asked, const accounts::Mailbox& mailbox,
                                       const Believed& believed) {
    const std::string user = address_of(mailbox);
    world_.log.write(Severity::info, "login",
                     {{"user", user}, {"mechanism", name_of(asked.mechanism)}, {"app", believed.app}});
    if (const auto noted = world_.last_logins.note(mailbox, believed.app, world_.clock.now()); !noted)
        log_trouble(noted.error());
    return {Verdict::accept(), user};
}

smtp::LoginVerdict Gatekeeper::turn_away(const smtp::AskLogin& asked, const Found& found,
                                         std::string_view reason) {
    world_.log.write(
        Severity::notice, "auth_failed",
        {{"user", asked.claim.who.user}, {"mechanism", name_of(asked.mechanism)}, {"reason", reason}});
    return {Verdict::refuse(smtp::replies::login_refused), found.mailbox ? address_of(*found.mailbox) : ""};
}

void Gatekeeper::log_trouble(const Error& error) {
    world_.log.write(Severity::err, "trouble", {{"reason", error.what()}});
}

}  // namespace postern::server
