// SPDX-License-Identifier: BSD-2-Clause
// DATA (RFC 5321 §4.1.1.4): the content streams through; what is wrong with it is told after its end.
#include "base/ascii.hpp"
#include "smtp/session.hpp"

namespace postern::smtp {

namespace {

const replies::Entry& reply_to(ContentFlaw flaw) {
    switch (flaw) {
        case ContentFlaw::nul: return replies::nul_in_content;
        case ContentFlaw::long_line: return replies::content_line_too_long;
        case ContentFlaw::bare_newline: break;
    }
    return replies::bare_newline_in_content;
}

}  // namespace

void Session::on_data(std::string_view) {
    mail::Envelope envelope;
    envelope.reverse_path = transaction_.reverse_path;
    envelope.recipients = transaction_.recipients;
    envelope.peer = facts_.peer;
    envelope.peer.helo = connection_.helo;
    envelope.body = transaction_.body;
    envelope.protocol = connection_.protocol;
    ask(BeginAsked{}, BeginMessage{std::move(envelope)});
}

void Session::on_answer(BeginAsked, const Answer& answer) {
    const auto* verdict = std::get_if<Verdict>(&answer);
    if (!verdict) return refuse("DATA", replies::local_error);
    if (!verdict->accepted()) return refuse("DATA", verdict->reply());
    transaction_.message_is_open = true;
    transaction_.header = mail::HeaderReader([this](std::string_view name) {
        if (ascii::equals_ignoring_case(name, "Received")) ++transaction_.hops;
    });
    enter(Phase::body);
    say(replies::send_content);
}

void Session::read_content() {
    const auto piece = transaction_.decoder.decode(std::string_view(input_).substr(consumed_));
    consumed_ += piece.consumed;
    if (!transaction_.refusal) take_content(piece.bytes);
    if (const auto flaw = transaction_.decoder.flaw()) refuse_message(reply_to(*flaw));
    if (piece.ended) end_content();
}

/// Limits are held octet by octet, so that what is told does not depend on how the content arrives.
void Session::take_content(std::string_view bytes) {
    if (bytes.empty()) return;
    const auto room = facts_.limits.message_size - transaction_.size;
    transaction_.header.read(bytes.substr(0, room));
    if (transaction_.hops > facts_.limits.hops) return refuse_message(replies::too_many_hops);
    if (bytes.size() > room) return refuse_message(replies::message_too_big);
    transaction_.size += bytes.size();
    emit(BodyBytes{bytes});
}

/// Latches the first refusal; what was written is dropped at once, the peer hears of it after the final dot.
void Session::refuse_message(const Reply& reply) {
    if (transaction_.refusal) return;
    transaction_.refusal = reply;
    transaction_.message_is_open = false;
    emit(AbandonMessage{});
}

void Session::end_content() {
    if (!transaction_.refusal) return ask(CommitAsked{}, CommitMessage{});
    refuse("message", *transaction_.refusal);
    drop_transaction();
}

/// The only place where a message is accepted.
void Session::on_answer(CommitAsked, const Answer& answer) {
    transaction_.message_is_open = false;  // whichever way it went, nothing is left to abandon
    const auto* given = std::get_if<CommitVerdict>(&answer);
    if (!given)
        refuse("message", replies::local_error);
    else if (!given->verdict.accepted())
        refuse("message", given->verdict.reply());
    else
        say(replies::queued(given->id));
    drop_transaction();
}

}  // namespace postern::smtp
