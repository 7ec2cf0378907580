// SPDX-License-Identifier: BSD-2-Clause
#include "server/reception.hpp"

#include <utility>

#include "mail/date.hpp"
#include "mail/trace.hpp"
#include "server/within_limits.hpp"
#include "smtp/replies.hpp"

namespace postern::server {

namespace {

using smtp::Verdict;

std::string text_of(const mail::ReversePath& path) { return path ? path->to_string() : "<>"; }

std::string_view event_of(smtp::Note::Kind kind) {
    switch (kind) {
        case smtp::Note::Kind::refusal: return "refused";
        case smtp::Note::Kind::protocol_error: return "protocol_error";
        case smtp::Note::Kind::closed: return "closed";
    }
    return "noted";
}

Severity severity_of(smtp::Note::Kind kind) {
    return kind == smtp::Note::Kind::closed ? Severity::info : Severity::notice;
}

}  // namespace

Verdict Reception::sender(const smtp::AskSender& asked) {
    declared_size_ = asked.size;
    const auto verdict = world_.senders.judge(asked.reverse_path);
    if (!verdict) return Verdict::refuse(userland_trouble(verdict.error()));
    if (!verdict->accepted()) return *verdict;
    release_at_ = std::nullopt;
    if (asked.hold) release_at_ = smtp::release_time(*asked.hold, world_.clock.now());
    const auto free = world_.free_space();
    if (!free) return refuse(free.error());
    return within_limits(policy::judge_sender(asked, *free, world_.reserve), world_.limits);
}

smtp::RecipientVerdict Reception::recipient(const smtp::AskRecipient& asked) {
    auto verdict = world_.recipients.judge(asked.forward_path, declared_size_);
    if (verdict) return within_limits(*std::move(verdict), world_.limits);
    return {Verdict::refuse(userland_trouble(verdict.error()))};
}

smtp::Reply Reception::verify(const smtp::AskVerify& asked) {
    if (!world_.verify) return smtp::replies::cannot_verify;
    auto reply = world_.verify(asked);
    return reply ? *std::move(reply) : userland_trouble(reply.error());
}

smtp::ClientVerdict Reception::client(const smtp::AskClient& asked) {
    if (!world_.take_client) return {Verdict::refuse(smtp::replies::not_offered)};
    return world_.take_client(asked);
}

Verdict Reception::release(const smtp::AskRelease& asked) {
    if (!world_.release) return Verdict::refuse(smtp::replies::not_offered);
    if (const Status left = world_.release(asked.domain); !left) {
        log_trouble(left.error());
        return Verdict::refuse(smtp::replies::cannot_release);
    }
    world_.log.write(Severity::info, "etrn", {{"domain", asked.domain}});
    return Verdict::accept();
}

/// RFC 3207 §4.
Verdict Reception::prepare_tls() {
    if (!world_.prepare_tls) return Verdict::refuse(smtp::replies::not_offered);
    const Status prepared = world_.prepare_tls();
    if (prepared) return Verdict::accept();
    log_trouble(prepared.error());
    return Verdict::refuse(smtp::replies::tls_unavailable);
}

std::optional<smtp::TlsFacts> Reception::start_tls(sys::Deadline deadline) {
    return world_.start_tls ? world_.start_tls(deadline) : std::nullopt;
}

smtp::Answer Reception::keys(const smtp::AskKeys& asked) {
    if (!world_.find_keys) return Verdict::refuse(smtp::replies::login_impossible);
    return world_.find_keys(asked);
}

smtp::LoginVerdict Reception::login(const smtp::AskLogin& asked) {
    if (!world_.log_in) return {Verdict::refuse(smtp::replies::login_impossible)};
    return within_limits(asked, world_.log_in, world_.limits);
}

Verdict Reception::begin(const smtp::BeginMessage& message) {
    const auto opened = open_message(message.envelope);
    return opened ? Verdict::accept() : refuse(opened.error());
}

Status Reception::open_message(mail::Envelope envelope) {
    envelope.received = world_.clock.now();
    envelope.release_at = release_at_;
    auto id = spool::MessageId::random(world_.randomness);
    const std::string message_id = '<' + id.text() + '@' + world_.hostname + '>';
    const auto trace = mail::received_field(envelope, world_.hostname, id.text());
    POSTERN_ASSIGN(auto file, spool::Incoming::create(world_.door, std::move(id), envelope));
    POSTERN_TRY(file.append(trace));
    message_.emplace(Message{.file = std::move(file),
                             .from = text_of(envelope.reverse_path),
                             .recipients = envelope.recipients.size()});
    if (world_.repairs)
        message_->completion =
            std::make_unique<mail::HeaderCompletion>(mail::format_date(envelope.received), message_id);
    return done;
}

void Reception::body(std::string_view bytes) { message_->take(bytes); }

void Reception::Message::take(std::string_view content) {
    if (!completion) return append(content);
    completion->read(content, [this](std::string_view piece) { append(piece); });
}

void Reception::Message::end() {
    if (completion) completion->finish([this](std::string_view piece) { append(piece); });
}

/// The file is given up at the first trouble, so that a full disk has its room back at once.
void Reception::Message::append(std::string_view content) {
    size += content.size();
    if (trouble) return;
    if (const auto written = file->append(content); !written) {
        trouble = written.error();
        file.reset();
    }
}

smtp::CommitVerdict Reception::commit(const smtp::CommitMessage& asked) {
    auto message = *std::exchange(message_, std::nullopt);
    message.end();
    if (message.trouble) return {refuse(*message.trouble)};
    if (!asked.flaw) return queue(std::move(message));
    if (world_.validation == smtp::ValidationMode::quarantine)
        return quarantine(std::move(message), *asked.flaw);
    return discard(message, *asked.flaw);
}

smtp::CommitVerdict Reception::queue(Message message) {
    const auto id = std::move(*message.file).commit();
    if (!id) return {refuse(id.error())};
    message.file.reset();  // unlocked, so that who is woken can have it
    world_.wake();
    log_end("accepted", message, id->text());
    return {Verdict::accept(), id->text()};
}

smtp::CommitVerdict Reception::quarantine(Message message, const mail::Flaw& flaw) {
    const std::string reason = to_string(flaw);
    const auto id = std::move(*message.file).quarantine(reason, world_.clock.now());
    if (!id) return {refuse(id.error())};
    log_end("quarantined", message, id->text(), reason);
    return {Verdict::accept(), id->text()};
}

/// The peer hears what it would hear of a valid message.
smtp::CommitVerdict Reception::discard(const Message& message, const mail::Flaw& flaw) {
    const std::string id = message.file->id().text();
    log_end("discarded", message, id, to_string(flaw));
    return {Verdict::accept(), id};
}

void Reception::log_end(std::string_view event, const Message& message, const std::string& id,
                        const std::string& reason) {
    world_.log.write(reason.empty() ? Severity::info : Severity::notice, event,
                     {{"id", id},
                      {"from", message.from},
                      {"recipients", std::to_string(message.recipients)},
                      {"size", std::to_string(message.size)},
                      {"reason", reason}});
}

/// Any trouble with the userland is temporary: who is not found because of it may well exist.
smtp::Reply Reception::userland_trouble(const Error& error) {
    log_trouble(error);
    return smtp::replies::local_error;
}

Verdict Reception::refuse(const Error& error) {
    log_trouble(error);
    return Verdict::refuse(smtp::reply_for(error));
}

void Reception::log_trouble(const Error& error) {
    world_.log.write(Severity::err, "trouble", {{"reason", error.what()}});
}

void Reception::note(const smtp::Note& note) {
    world_.log.write(severity_of(note.kind), event_of(note.kind), {{"reason", note.text}});
}

}  // namespace postern::server
