// SPDX-License-Identifier: BSD-2-Clause
#include "queue_message.hpp"

#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

Instant to_instant(Minute minute) { return Instant(minute); }

/// By its directory; or by itself, while no runner has put it off to the time of its release.
std::optional<Instant> due_of(const QueueMessage& message) {
    if (message.file.due) return to_instant(*message.file.due);
    return message.story ? message.story->history.due() : std::nullopt;
}

std::string due_in_words(const QueueMessage& message, Instant now) {
    const spool::Place place = message.file.place;
    if (place != spool::Place::received && place != spool::Place::relay) return std::string(to_string(place));
    const auto due = due_of(message);
    return due && *due > now ? format_rfc3339(*due, Precision::seconds) : "now";
}

std::string text_of(const mail::ReversePath& path) { return path ? path->to_string() : ""; }

std::string sender_of(const mail::Envelope& envelope) { return text_of(envelope.reverse_path); }

void write_recipient(JsonWriter& json, const spool::RecipientHistory& recipient,
                     const std::optional<std::string>& own_sender) {
    json.open_object()
        .member("address", recipient.address.to_string())
        .member("state", to_string(recipient.state));
    if (recipient.tries > 0) json.member("tries", recipient.tries);
    if (recipient.next) json.member("next", format_rfc3339(*recipient.next));
    if (recipient.last) json.member("last", words_of(*recipient.last));
    if (own_sender) json.member("from", *own_sender);
    json.close_object();
}

void write_story(JsonWriter& json, const spool::MessageStory& story) {
    json.member("from", sender_of(story.envelope))
        .member("received", format_rfc3339(story.envelope.received))
        .member("size", story.content_size);
    if (const auto& release = story.envelope.release_at) json.member("not_before", format_rfc3339(*release));
    if (story.envelope.requires_tls) json.member("requiretls", true);
    if (story.parent) json.member("parent", story.parent->text());
    json.member("held", story.history.is_held());
    if (const auto& hold = story.history.hold())
        json.member_unless_empty("held_for", hold->reason).member_unless_empty("held_by", hold->by);
    json.key("recipients").open_array();
    for (std::size_t i = 0; i < story.history.recipients().size(); ++i)
        write_recipient(json, story.history.recipients()[i], own_sender_of(story, i));
    json.close_array();
}

}  // namespace

std::optional<std::string> own_sender_of(const spool::MessageStory& story, std::size_t recipient) {
    const auto& path = story.history.reverse_path_of(recipient);
    return path == story.envelope.reverse_path ? std::nullopt : std::optional(text_of(path));
}

std::string_view to_string(spool::RecipientHistory::State state) {
    using State = spool::RecipientHistory::State;
    switch (state) {
        case State::open: return "open";
        case State::delivered: return "delivered";
        case State::failed: return "failed";
        case State::reported: return "reported";
        case State::expanded: return "expanded";
        case State::handed_over: return "handed_over";
    }
    return "";
}

std::string words_of(const spool::Outcome& outcome) {
    if (!outcome.reply.empty()) return outcome.host + (outcome.host.empty() ? "" : ": ") + outcome.reply;
    return outcome.status + (outcome.status.empty() ? "" : " ") + outcome.reason;
}

Result<std::optional<QueueMessage>> read_queue_message(sys::FileSystem& files,
                                                       const spool::QueuedFile& file) {
    auto story = spool::read_message(files, file.path());
    if (story) return std::optional<QueueMessage>(QueueMessage{file, *std::move(story)});
    if (story.failed_with(Fault::not_found)) return std::optional<QueueMessage>();
    if (story.failed_with(Fault::permanent))
        return std::optional<QueueMessage>(QueueMessage{file, std::nullopt, story.error().what()});
    return story.error();
}

void write_summary(JsonWriter& json, const QueueMessage& message) {
    const spool::QueuedFile& file = message.file;
    json.open_object().member("id", file.id.text()).member("place", to_string(file.place));
    if (file.due) json.member("due", format_rfc3339(to_instant(*file.due), Precision::seconds));
    if (message.story)
        write_story(json, *message.story);
    else
        json.member("trouble", message.trouble);
    json.close_object();
}

void print_row(std::ostream& out, const QueueMessage& message, Instant now) {
    out << message.file.id.text() << "  " << to_string(message.file.place) << "  "
        << due_in_words(message, now);
    if (!message.story) {
        out << "  " << printable(message.trouble) << '\n';
        return;
    }
    out << "  " << message.story->content_size << "  <" << sender_of(message.story->envelope) << "> ->";
    std::size_t open = 0;
    for (const spool::RecipientHistory& recipient : message.story->history.recipients()) {
        if (recipient.state != spool::RecipientHistory::State::open) continue;
        if (++open <= 3) out << ' ' << recipient.address.to_string();
    }
    if (open > 3) out << " and " << open - 3 << " more";
    out << '\n';
}

}  // namespace postern::smtpctl
