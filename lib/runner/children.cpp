// SPDX-License-Identifier: BSD-2-Clause
#include "runner/children.hpp"

#include "mail/header_reader.hpp"
#include "runner/bounce.hpp"
#include "runner/filing.hpp"
#include "spool/spool_file.hpp"
#include "spool/staged_child.hpp"

namespace postern::runner {

using spool::RecipientHistory;

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kMostHeader = 16 * 1024;  // of the message's header in a report

/// Follows members up to the recipient that stands in the envelope.
std::size_t envelope_index(const spool::History& history, std::size_t index) {
    while (history.recipients()[index].member_of) index = *history.recipients()[index].member_of;
    return index;
}

/// What the sender said of a recipient is not for those whom a list's owner sends it to (RFC 3461 §5.2.7.3).
bool has_own_parameters(const spool::Message& message, std::size_t index) {
    return message.history().reverse_path_of(index) == message.envelope().reverse_path;
}

FailedRecipient failed_recipient(const spool::Message& message, std::size_t index) {
    const RecipientHistory& history = message.history().recipients()[index];
    const std::size_t original = envelope_index(message.history(), index);
    const mail::Recipient& written = message.envelope().recipients[original];
    FailedRecipient failed{history.address};
    if (original != index) failed.addressed_as = written.address;
    if (has_own_parameters(message, index)) failed.orcpt = written.orcpt;
    if (history.last) failed.outcome = *history.last;
    return failed;
}

Result<std::string> read_header(const spool::Message& message) {
    std::string start(kMostHeader, '\0');
    POSTERN_ASSIGN(const std::size_t length, message.read_content(0, start));
    mail::HeaderReader reader;
    reader.read(std::string_view(start).substr(0, length));
    start.resize(reader.octets());
    return start;
}

Status copy_content(const spool::Message& parent, spool::StagedChild& child) {
    std::string buffer(kPiece, '\0');
    for (std::uint64_t offset = 0; offset < parent.content_size();) {
        POSTERN_ASSIGN(const std::size_t length, parent.read_content(offset, buffer));
        if (length == 0) return Error(Fault::temporary, "read " + parent.path() + ": it ends too early");
        POSTERN_TRY(child.append(std::string_view(buffer).substr(0, length)));
        offset += length;
    }
    return done;
}

/// The second half of every child's way: durable, recorded, filed.
Status complete(const Tools& tools, spool::Message& parent, spool::StagedChild& child,
                const spool::Head& head, std::string purpose, const spool::RecipientSet& recipients) {
    POSTERN_TRY(child.finish());
    const spool::Child record{head.id, std::move(purpose), head.lane, recipients};
    POSTERN_TRY(parent.append({tools.clock.now(), record}, spool::Durability::synced));
    return child.file_as(tools.layout.now(head.lane) + "/" + name_in(head.lane, head));
}

spool::Head report_head(const spool::Message& parent, const mail::Address& sender, Instant now) {
    spool::Head head{parent.child_id(spool::kBouncePurpose), spool::Lane::received, now, parent.id()};
    head.envelope.recipients.push_back({sender});
    head.envelope.received = now;
    head.envelope.body = mail::BodyType::seven_bit;
    return head;
}

spool::Head part_head(const spool::Message& parent, const spool::RecipientSet& recipients, spool::Lane lane,
                      Instant now) {
    spool::Head head{parent.child_id(to_string(lane)), lane, now, parent.id(), parent.envelope()};
    head.envelope.reverse_path = parent.history().reverse_path_of(recipients.front());
    head.envelope.recipients.clear();
    for (const std::size_t index : recipients) {
        mail::Recipient recipient{parent.history().recipients()[index].address};
        if (has_own_parameters(parent, index)) {
            const std::size_t original = envelope_index(parent.history(), index);
            recipient.notify = parent.envelope().recipients[original].notify;
            recipient.orcpt = parent.envelope().recipients[original].orcpt;
        }
        head.envelope.recipients.push_back(std::move(recipient));
    }
    return head;
}

}  // namespace

Status report_failures(const Tools& tools, const std::string& hostname, spool::Message& parent,
                       const spool::RecipientSet& failed) {
    const Instant now = tools.clock.now();
    const mail::Address sender = *parent.history().reverse_path_of(failed.front());
    const spool::Head head = report_head(parent, sender, now);
    BounceFacts facts{head.id, parent.id(), hostname, sender, parent.envelope().received, now};
    for (const std::size_t index : failed) facts.failed.push_back(failed_recipient(parent, index));
    POSTERN_ASSIGN(facts.header, read_header(parent));

    POSTERN_ASSIGN(auto child, spool::StagedChild::create(tools.files, tools.layout, head));
    POSTERN_TRY(child.append(bounce_text(facts)));
    POSTERN_TRY(complete(tools, parent, child, head, std::string(spool::kBouncePurpose), failed));
    tools.log.write(
        Severity::info, "reported",
        {{"id", parent.id().text()}, {"child", head.id.text()}, {"to", facts.sender.to_string()}});
    return done;
}

namespace {

/// Those who share a reverse-path.
Status hand_over_some(const Tools& tools, spool::Message& parent, const spool::RecipientSet& recipients,
                      spool::Lane lane) {
    const spool::Head head = part_head(parent, recipients, lane, tools.clock.now());
    POSTERN_ASSIGN(auto child, spool::StagedChild::create(tools.files, tools.layout, head));
    POSTERN_TRY(copy_content(parent, child));
    POSTERN_TRY(complete(tools, parent, child, head, std::string(to_string(lane)), recipients));
    tools.log.write(Severity::info, "handed_over",
                    {{"id", parent.id().text()}, {"child", head.id.text()}, {"lane", to_string(lane)}});
    return done;
}

}  // namespace

/// The record of each child makes another chain, and so another id for the next.
Status hand_over(const Tools& tools, spool::Message& parent, const spool::RecipientSet& recipients,
                 spool::Lane lane) {
    for (const auto& some : parent.history().by_reverse_path(recipients))
        POSTERN_TRY(hand_over_some(tools, parent, some, lane));
    return done;
}

Status file_locked(const Tools& tools, const std::string& path, const spool::Head& head) {
    const std::string to = tools.layout.now(head.lane) + "/" + name_in(head.lane, head);
    const Status renamed = tools.files.rename_new(path, to);
    return renamed.failed_with(Fault::exists) ? tools.files.unlink(path) : renamed;  // the same child
}

Status put_into_damaged(const Tools& tools, const std::string& path, const std::string& reason) {
    POSTERN_TRY(spool::rename_aside(tools.files, path, tools.layout.damaged()));
    tools.log.write(Severity::err, "damaged", {{"path", path}, {"reason", reason}});
    return done;
}

Result<Found> file_staged(const Tools& tools, const spool::MessageId& id) {
    const std::string path = tools.layout.staged() + "/" + id.text();
    POSTERN_ASSIGN(const auto locked, spool::lock_file(tools.files, path));
    const auto* file = std::get_if<spool::LockedFile>(&locked);
    if (file == nullptr) return Found::nothing;  // filed already, or a sweep is at it
    POSTERN_ASSIGN(const auto told, spool::read_spool_file(**file));
    if (const auto* damage = std::get_if<spool::Damage>(&told)) {
        POSTERN_TRY(put_into_damaged(tools, path, damage->what));
        return Found::trouble;
    }
    POSTERN_TRY(file_locked(tools, path, std::get<spool::SpoolFile>(told).head));
    return Found::nothing;
}

}  // namespace postern::runner
