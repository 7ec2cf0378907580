// SPDX-License-Identifier: BSD-2-Clause
// What one session may do in view of all others, past and present: a slot among all sessions, and the counts
// of its source, its user and everybody. A session asks in the order of this file; each answer is a refusal
// that the peer is to hear, or nothing.
//
// Counts are kept of everybody. Who stands in limits.exempt or is trusted is held to those of no source, nor
// to those of all together, nor to bans; a user is held to those of his account, wherever he comes from, and
// to no others: strangers can use up what all may do, but not for him. Without the table, or when it makes
// trouble, nobody is held to anything but bans: mail goes on.
#pragma once

#include <functional>
#include <optional>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "policy/bans.hpp"
#include "policy/limit_options.hpp"
#include "policy/rates.hpp"
#include "policy/session_slots.hpp"
#include "smtp/reply.hpp"

namespace postern::policy {

class Limits {
public:
    using Refusal = std::optional<smtp::Reply>;

    /// All outlives it. `table` may be null. `longest_session`: limits.session.
    Limits(sys::SharedTable* table, Bans bans, const LimitOptions& options,
           std::chrono::milliseconds longest_session, const Clock& clock, Log& log);

    /// Where it reports to from now on, since by and by more is known of the session.
    void report_to(Log& log) { log_ = &log; }

    /// A slot, before anything is known of the peer. Given back with the object, or by leave().
    Refusal enter(std::uint64_t process);
    /// The peer's address is known. `is_trusted` is asked only before it is refused.
    Refusal admit(const IpAddress& peer, const std::function<bool()>& is_trusted);
    void leave();

    /// The source is no longer held to what sources are held to, alone or all together.
    void trust() { holds_source_ = false; }
    /// XCLIENT: from now on it is this one's doings; nothing when it has no address.
    /// May it be spoken for, by XCLIENT? Not if it is banned.
    Refusal judge_client(const std::optional<IpAddress>& client);
    void speak_for(const std::optional<IpAddress>& client);
    /// The session is a user's from now on, or nobody's. When he has too many, nothing has changed.
    Refusal know_user(const std::optional<mail::Address>& user);
    /// The same for one who has logged in; a refusal is a last one, 421, and in the log.
    Refusal log_in(const std::optional<mail::Address>& user);

    /// MAIL is about to be accepted.
    Refusal message();
    /// A recipient is.
    Refusal recipient();
    /// A recipient is not: there is none of that name. The refusal is a last one, 421.
    Refusal unknown_recipient();

    /// Before a password is looked at, which is expensive. A refusal is in the log.
    Refusal login_attempt();
    /// `user` has an account: names are made up easily, and each would take a place in the table. The refusal
    /// is a last one, 421.
    Refusal failed_login(const std::optional<mail::Address>& user);

private:
    /// 0 = any number.
    struct Most {
        std::uint64_t of_source, of_account, of_all;
    };

    bool is_exempt(const IpAddress& address) const;
    bool is_banned(Subject source);
    Refusal enter_as_source();
    bool fits_source();
    Refusal take(Counted what, const Most& most, const smtp::Reply& too_many,
                 const smtp::Reply& too_many_of_all);
    bool has_reached(Counted what, std::uint64_t most) const;
    bool has_had_its_try(Counted what, std::uint64_t most_of_all) const;
    Refusal refuse_login(const smtp::Reply& reply);
    Refusal count_offence(Counted what, std::uint64_t most, const smtp::Reply& too_many,
                          std::string_view reason);
    bool ban(std::string_view reason, Instant now);
    bool answer_of(const Result<bool>& answer);
    void note_trouble(const Error& error);

    Bans bans_;
    const LimitOptions& options_;
    const Clock& clock_;
    Log* log_;
    std::optional<SessionSlots> slots_;
    std::optional<Rates> rates_;
    std::optional<Subject> source_;
    std::optional<Subject> account_;
    bool holds_source_ = false;
};

}  // namespace postern::policy
