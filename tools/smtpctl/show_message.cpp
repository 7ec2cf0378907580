// SPDX-License-Identifier: BSD-2-Clause
#include "show_message.hpp"

#include <array>

#include "queue_message.hpp"

namespace postern::smtpctl {

namespace {

Status print_content(Toolbox& tools, const QueueMessage& message) {
    POSTERN_ASSIGN(const auto file, tools.files.open(message.file.path(), sys::Access::read));
    std::array<char, 65536> buffer{};
    std::uint64_t offset = message.story->content_offset;
    for (std::uint64_t left = message.story->content_size; left > 0;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
        POSTERN_ASSIGN(const std::size_t count, file->read_at(offset, std::span(buffer).first(wanted)));
        if (count == 0)
            return Error(Fault::permanent, message.file.path() + " is shorter than its envelope says");
        tools.out.write(buffer.data(), static_cast<std::streamsize>(count));
        offset += count;
        left -= count;
    }
    return done;
}

void print_recipient(std::ostream& out, const spool::RecipientHistory& recipient,
                     const std::optional<std::string>& own_sender) {
    out << "To: " << recipient.address.to_string() << "  " << to_string(recipient.state);
    if (recipient.tries > 0)
        out << "  tried " << recipient.tries << (recipient.tries == 1 ? " time" : " times");
    if (recipient.next) out << "  next " << format_rfc3339(*recipient.next, Precision::seconds);
    if (own_sender) out << "  from <" << *own_sender << ">";
    if (recipient.last) out << "\n    " << printable(words_of(*recipient.last));
    out << '\n';
}

void print_hold(std::ostream& out, const spool::Held& hold) {
    out << "\nHeld: " << (hold.reason.empty() ? "no reason given" : printable(hold.reason));
    if (!hold.by.empty()) out << " (by " << printable(hold.by) << ")";
}

void print_story(std::ostream& out, const QueueMessage& message) {
    const spool::MessageStory& story = *message.story;
    const mail::PeerFacts& peer = story.envelope.peer;
    out << "Id: " << story.id.text() << "\nFile: " << message.file.path()
        << "\nReceived: " << format_rfc3339(story.envelope.received);
    if (!peer.ip.empty()) out << " from " << peer.ip;
    if (!peer.helo.empty()) out << " (" << printable(peer.helo) << ")";
    if (const auto& release = story.envelope.release_at)
        out << "\nNot before: " << format_rfc3339(*release, Precision::seconds);
    if (story.envelope.requires_tls) out << "\nRequires: TLS on its whole way (REQUIRETLS)";
    out << "\nSize: " << story.content_size;
    if (story.parent) out << "\nParent: " << story.parent->text();
    if (const auto& hold = story.history.hold()) print_hold(out, *hold);
    out << "\nFrom: <" << (story.envelope.reverse_path ? story.envelope.reverse_path->to_string() : "")
        << ">\n";
    for (std::size_t i = 0; i < story.history.recipients().size(); ++i)
        print_recipient(out, story.history.recipients()[i], own_sender_of(story, i));
}

}  // namespace

void add_show_options(const Command& command, ShowOptions& options) {
    command.add_option("ID", options.id, "As list prints it").required();
    const Argument json = command.add_flag("--json", options.json, "Print one JSON object");
    command.add_flag("--content", options.content, "Print the message itself").excludes(json);
}

Ending show_message(Toolbox& tools, const ShowOptions& options, FindMessage find) {
    const auto id = spool::MessageId::parse(options.id);
    if (!id)
        return {status::bad_value, "'" + printable(options.id) + "' is no message id: 26 letters and digits"};
    POSTERN_ASSIGN(const config::Config config, tools.config());
    const std::string gone = "no message has the id " + id->text();
    const auto file = find(tools.files, spool::Layout(config.directories.spool), *id);
    if (file.failed_with(Fault::not_found)) return {status::no_such_id, gone};
    if (!file) return file.error();
    POSTERN_ASSIGN(const auto message, read_queue_message(tools.files, *file));
    if (!message) return {status::no_such_id, gone};
    if (options.json)
        tools.print_json([&](JsonWriter& json) { write_summary(json, *message); });
    else if (!message->story)
        return {status::bad_value, message->file.path() + " is damaged: " + message->trouble};
    else if (options.content)
        POSTERN_TRY(print_content(tools, *message));
    else
        print_story(tools.out, *message);
    return done;
}

}  // namespace postern::smtpctl
