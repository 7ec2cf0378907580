// SPDX-License-Identifier: BSD-2-Clause
// What the session says, notes and asks, and how it ends.
#include "smtp/session.hpp"

namespace postern::smtp {

namespace {

std::string with_reply(std::string_view what, const Reply& reply) {
    return std::string(what) + ": " + std::to_string(reply.code) + ' ' + reply.status + ' ' + reply.text;
}

}  // namespace

void Session::ask(Question question, Effect effect) {
    question_ = std::move(question);
    emit(std::move(effect));
}

void Session::say(const Reply& reply, Charset charset) { emit(Send{to_wire(reply, charset)}); }

/// A breach of the protocol. There is a budget of them (RFC 5321 §7.8 allows to give up on a client).
void Session::complain(const Reply& reply) {
    emit(Note{Note::Kind::protocol_error, with_reply("command", reply)});
    if (++connection_.bad_commands > facts_.limits.bad_commands)
        close("too many errors", replies::too_many_errors);
    else
        say(reply);
}

/// A sender, recipient or message is not taken: one line for the log, one reply.
void Session::refuse(std::string_view what, const Reply& reply) {
    emit(Note{Note::Kind::refusal, with_reply(what, reply)});
    say(reply);
}

/// Nobody tries senders for ever: each is counted as a command that moves no mail.
void Session::refuse_sender(std::string_view what, const Reply& reply) {
    if (++connection_.idle_commands <= facts_.limits.idle_commands) return refuse(what, reply);
    emit(Note{Note::Kind::refusal, with_reply(what, reply)});
    close("too many commands without mail", replies::too_many_idle_commands);
}

/// 421 is the last word wherever it is said (RFC 5321 §3.8).
void Session::turn_away(std::string_view what, const Reply& reply) {
    emit(Note{Note::Kind::refusal, with_reply(what, reply)});
    close("served no longer", reply);
}

/// Who is refused for many recipients may be looking for those that exist.
void Session::refuse_recipient(std::string_view what, const Reply& reply) {
    if (reply.code == 421) return turn_away(what, reply);
    if (!reply.is_permanent() || ++connection_.bad_recipients <= facts_.limits.bad_recipients)
        return refuse(what, reply);
    emit(Note{Note::Kind::refusal, with_reply(what, reply)});
    close("too many refused recipients", replies::too_many_bad_recipients);
}

void Session::close(std::string_view why) {
    drop_transaction();
    emit(Note{Note::Kind::closed, std::string(why)});
    emit(Close{});
    enter(Phase::closing);
}

void Session::close(std::string_view why, const Reply& last_words) {
    say(last_words);
    close(why);
}

void Session::end(End end) {
    switch (end) {
        case End::closed: return close("closed by the client");
        case End::broken: return close("connection lost");
        case End::timed_out: return close("timed out", replies::timed_out);
        case End::out_of_time: return close("lasted too long", replies::out_of_time);
        case End::too_slow: return close("too slow", replies::too_slow);
        case End::told_to_stop: return close("stopping", replies::stopping);
    }
}

}  // namespace postern::smtp
