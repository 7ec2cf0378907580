// SPDX-License-Identifier: BSD-2-Clause
// DATA (RFC 5321 §4.1.1.4): the content streams through; what is wrong with it is told after its end.
#include <utility>

#include "smtp/session.hpp"

namespace postern::smtp {

const replies::Entry& Session::reply_to(ContentFlaw flaw) {
    switch (flaw) {
        case ContentFlaw::nul: return replies::nul_in_content;
        case ContentFlaw::long_line: return replies::content_line_too_long;
        case ContentFlaw::bare_newline: break;
    }
    return replies::bare_newline_in_content;
}

/// Nothing = it was accepted.
std::optional<Reply> Session::refusal_in(const Answer& answer) {
    const auto* verdict = std::get_if<Verdict>(&answer);
    if (!verdict) return replies::local_error;
    return verdict->accepted() ? std::nullopt : std::optional(verdict->reply());
}

mail::Envelope Session::make_envelope() const {
    mail::Envelope envelope;
    envelope.reverse_path = transaction_.reverse_path;
    envelope.recipients = transaction_.recipients;
    envelope.peer = facts_.peer;
    envelope.peer.helo = connection_.helo;
    envelope.body = transaction_.said.body;
    envelope.smtputf8 = transaction_.said.smtputf8;
    envelope.ret = transaction_.said.ret;
    envelope.envid = transaction_.said.envid;
    envelope.requires_tls = transaction_.said.requires_tls;
    envelope.protocol = connection_.protocol;
    return envelope;
}

void Session::on_data(std::string_view) {
    if (transaction_.said.body == mail::BodyType::binary_mime) return complain(replies::binary_needs_chunks);
    ask(BeginAsked{}, BeginMessage{make_envelope()});
}

void Session::on_answer(BeginAsked, const Answer& answer) {
    if (const auto refusal = refusal_in(answer)) return refuse("DATA", *refusal);
    open_message();
    enter(Phase::body);
    say(replies::send_content);
}

void Session::open_message() {
    transaction_.message_is_open = true;
    transaction_.check =
        std::make_unique<ContentCheck>(facts_.limits.hops, facts_.validation, validation_rules());
}

mail::ValidationRules Session::validation_rules() const {
    mail::ValidationRules rules;
    if (transaction_.said.body == mail::BodyType::binary_mime) rules.lines = mail::LineLengths::any;
    if (transaction_.said.smtputf8) rules.header = mail::HeaderOctets::utf8;
    if (facts_.service.repairs) rules.missing_date = mail::MissingDate::added;
    if (!transaction_.reverse_path) rules.null_author = mail::NullAuthor::allowed;
    return rules;
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
    transaction_.check->read(bytes.substr(0, room));
    if (const auto refusal = transaction_.check->refusal()) return refuse_message(*refusal);
    if (bytes.size() > room) return refuse_message(replies::message_too_big);
    transaction_.size += bytes.size();
    emit(BodyBytes{bytes});
}

/// Latches the first refusal; what was written is dropped at once, the peer hears of it after the final dot,
/// or at the end of the chunk.
void Session::refuse_message(const Reply& reply) {
    if (transaction_.refusal) return;
    transaction_.refusal = reply;
    if (std::exchange(transaction_.message_is_open, false)) emit(AbandonMessage{});
}

/// In the log it stands once, however many chunks hear of it.
void Session::tell_refusal() {
    if (std::exchange(transaction_.refusal_is_logged, true)) return say(*transaction_.refusal);
    refuse("message", *transaction_.refusal);
}

void Session::finish_check() {
    transaction_.check->finish();
    if (const auto refusal = transaction_.check->refusal()) refuse_message(*refusal);
}

void Session::end_content() {
    if (!transaction_.refusal) finish_check();
    if (!transaction_.refusal) return ask(CommitAsked{}, CommitMessage{transaction_.check->flaw()});
    tell_refusal();
    repeat_for_others(*transaction_.refusal);
    drop_transaction();
}

/// RFC 2033 §4.2: behind the content a reply for each RCPT that was accepted, in their order. The message is
/// one file, so all have the same.
void Session::repeat_for_others(const Reply& reply) {
    if (facts_.service.dialect == Dialect::smtp) return;
    for (std::size_t count = 1; count < transaction_.accepted; ++count) say(reply);
}

/// The only place where a message is accepted.
void Session::on_answer(CommitAsked, const Answer& answer) {
    connection_.idle_commands = 0;
    transaction_.message_is_open = false;  // whichever way it went, nothing is left to abandon
    const auto* given = std::get_if<CommitVerdict>(&answer);
    if (given && given->verdict.accepted()) {
        const Reply reply = replies::queued(given->id);
        say(reply);
        repeat_for_others(reply);
    } else {
        const Reply reply = given ? given->verdict.reply() : replies::local_error;
        refuse("message", reply);
        repeat_for_others(reply);
    }
    drop_transaction();
}

}  // namespace postern::smtp
