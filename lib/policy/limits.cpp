// SPDX-License-Identifier: BSD-2-Clause
#include "policy/limits.hpp"

#include "base/ip_networks.hpp"
#include "smtp/replies.hpp"

namespace postern::policy {

namespace replies = smtp::replies;

Limits::Limits(sys::SharedTable* table, Bans bans, const LimitOptions& options,
               std::chrono::milliseconds longest_session, const Clock& clock, Log& log)
    : bans_(std::move(bans)), options_(options), clock_(clock), log_(&log) {
    if (table == nullptr) return;
    slots_.emplace(*table, longest_session);
    rates_.emplace(limit_map(*table));
}

Limits::Refusal Limits::enter(std::uint64_t process) {
    if (!slots_ || answer_of(slots_->take(options_.sessions, process, clock_.now()))) return std::nullopt;
    return replies::busy;
}

Limits::Refusal Limits::admit(const IpAddress& peer, const std::function<bool()>& is_trusted) {
    source_ = Subject::source(peer);
    holds_source_ = !is_exempt(peer);
    const auto refusal = enter_as_source();
    if (!refusal || !is_trusted()) return refusal;
    trust();
    return enter_as_source();
}

/// What is refused is not counted: a source that keeps coming would never be served again.
Limits::Refusal Limits::enter_as_source() {
    if (holds_source_ && is_banned(*source_)) return replies::banned;
    if (!fits_source()) return replies::too_many_sessions;
    return take(Counted::connections,
                {options_.connections_per_minute, 0, options_.all_connections_per_minute},
                replies::too_many_connections, replies::too_many_connections_of_all);
}

bool Limits::is_exempt(const IpAddress& address) const { return is_in_any(options_.exempt, address); }

bool Limits::is_banned(Subject source) {
    const auto ban = bans_.find(source, clock_.now());
    if (!ban) note_trouble(ban.error());
    return ban && *ban;
}

Limits::Refusal Limits::judge_client(const std::optional<IpAddress>& client) {
    if (!client || is_exempt(*client) || !is_banned(Subject::source(*client))) return std::nullopt;
    return replies::banned;
}

bool Limits::fits_source() {
    if (!slots_) return true;
    const auto most = holds_source_ ? options_.sessions_per_source : 0;
    return answer_of(slots_->enter_source(*source_, most, clock_.now()));
}

void Limits::leave() {
    if (slots_) slots_->give_back();
}

void Limits::speak_for(const std::optional<IpAddress>& client) {
    source_.reset();
    holds_source_ = client && !is_exempt(*client);
    if (client) source_ = Subject::source(*client);
}

Limits::Refusal Limits::know_user(const std::optional<mail::Address>& user) {
    if (!user) {
        if (slots_) slots_->leave_account();
        account_.reset();
        return std::nullopt;
    }
    const auto account = Subject::account(*user);
    const auto most = options_.sessions_per_account;
    if (slots_ && !answer_of(slots_->enter_account(account, most, clock_.now())))
        return replies::too_many_sessions_of_user;
    account_ = account;
    return std::nullopt;
}

Limits::Refusal Limits::log_in(const std::optional<mail::Address>& user) {
    const auto refusal = know_user(user);
    return refusal ? refuse_login(*refusal) : std::nullopt;
}

Limits::Refusal Limits::message() {
    return take(
        Counted::messages,
        {options_.messages_per_hour, options_.account_messages_per_hour, options_.all_messages_per_hour},
        replies::too_many_messages, replies::too_many_messages_of_all);
}

Limits::Refusal Limits::recipient() {
    return take(Counted::recipients,
                {options_.recipients_per_hour, options_.account_recipients_per_hour,
                 options_.all_recipients_per_hour},
                replies::too_many_recipients_in_time, replies::too_many_recipients_of_all);
}

/// Where the user is known, it is he who is held to a number, and his source and all are only counted. What
/// is refused counts for nobody, so it is looked before whether there is room; two at once may find the last.
Limits::Refusal Limits::take(Counted what, const Most& most, const smtp::Reply& too_many,
                             const smtp::Reply& too_many_of_all) {
    if (!rates_) return std::nullopt;
    const auto now = clock_.now();
    const bool is_stranger = holds_source_ && !account_;
    const auto of_source = is_stranger ? most.of_source : 0, of_all = is_stranger ? most.of_all : 0;
    if (of_all != 0 && rates_->count_of_all(what, now) >= of_all) return too_many_of_all;
    if (account_ && !rates_->take(*account_, what, most.of_account, now)) return too_many;
    if (source_ && !rates_->take(*source_, what, of_source, now)) return too_many;
    if (!rates_->take_of_all(what, of_all, now)) return too_many_of_all;
    return std::nullopt;
}

Limits::Refusal Limits::unknown_recipient() {
    constexpr auto what = Counted::unknown_recipients;
    const bool was_last = has_had_its_try(what, options_.all_unknown_recipients);
    const auto refusal = count_offence(what, options_.unknown_recipients,
                                       replies::too_many_unknown_recipients, "too many unknown recipients");
    return refusal || !was_last ? refusal : replies::too_many_unknown_recipients;
}

Limits::Refusal Limits::login_attempt() {
    constexpr auto what = Counted::auth_failures;
    if (has_reached(what, options_.auth_failures)) return refuse_login(replies::too_many_failed_logins);
    if (has_had_its_try(what, options_.all_auth_failures))
        return refuse_login(replies::too_many_failed_logins_of_all);
    return std::nullopt;
}

/// Has the source done it so often? 0 = any number.
bool Limits::has_reached(Counted what, std::uint64_t most) const {
    return rates_ && source_ && holds_source_ && most != 0 &&
           rates_->count(*source_, what, clock_.now()) >= most;
}

/// While all together err that often, a source has one try, and this one has had it. So a crowd of guessers
/// has few tries in all, and nobody who is right at once notices them.
bool Limits::has_had_its_try(Counted what, std::uint64_t most_of_all) const {
    return most_of_all != 0 && has_reached(what, 1) &&
           rates_->count_of_all(what, clock_.now()) >= most_of_all;
}

/// The session leaves this to who judges logins.
Limits::Refusal Limits::refuse_login(const smtp::Reply& reply) {
    const auto text = "AUTH: " + std::to_string(reply.code) + ' ' + reply.status + ' ' + reply.text;
    log_->write(Severity::notice, "refused", {{"reason", text}});
    return reply;
}

Limits::Refusal Limits::failed_login(const std::optional<mail::Address>& user) {
    if (rates_ && user) (void)rates_->take(Subject::account(*user), Counted::auth_failures, 0, clock_.now());
    return count_offence(Counted::auth_failures, options_.auth_failures, replies::too_many_bad_logins,
                         "too many failed logins");
}

Limits::Refusal Limits::count_offence(Counted what, std::uint64_t most, const smtp::Reply& too_many,
                                      std::string_view reason) {
    if (!rates_ || !source_) return std::nullopt;
    const auto now = clock_.now();
    (void)rates_->take(*source_, what, 0, now);
    (void)rates_->take_of_all(what, 0, now);
    if (!has_reached(what, most)) return std::nullopt;
    return ban(reason, now) ? Refusal(replies::banned) : too_many;
}

/// False when it is not banned: with limits.ban 0, or for trouble.
bool Limits::ban(std::string_view reason, Instant now) {
    if (options_.ban.count() == 0) return false;
    const Ban ban{*source_, now + options_.ban, std::string(reason)};
    const auto is_new = bans_.add(ban, now);
    if (!is_new) return note_trouble(is_new.error()), false;
    if (!*is_new) return true;  // another session was quicker
    log_->write(Severity::notice, "banned",
                {{"source", source_->to_string()},
                 {"reason", reason},
                 {"until", format_rfc3339(ban.until, Precision::seconds)}});
    return true;
}

/// Trouble with the table ends its use.
bool Limits::answer_of(const Result<bool>& answer) {
    if (answer) return *answer;
    note_trouble(answer.error());
    slots_.reset();
    return true;
}

void Limits::note_trouble(const Error& error) {
    log_->write(Severity::warning, "limits_off", {{"reason", error.what()}});
}

}  // namespace postern::policy
