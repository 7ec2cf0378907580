// SPDX-License-Identifier: BSD-2-Clause
#include "runner/children.hpp"

#include "runner/filing.hpp"
#include "runner/onward_recipient.hpp"
#include "spool/spool_file.hpp"
#include "spool/staged_child.hpp"

namespace postern::runner {

namespace {

constexpr std::size_t kPiece = 64 * 1024;

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

spool::Head part_head(const spool::Message& parent, const spool::RecipientSet& recipients, spool::Lane lane) {
    spool::Head head{parent.child_id(to_string(lane)), lane, parent.envelope().first_try(), parent.id(),
                     parent.envelope()};
    head.envelope.reverse_path = parent.history().reverse_path_of(recipients.front());
    head.envelope.recipients.clear();
    for (const std::size_t index : recipients)
        head.envelope.recipients.push_back(onward_recipient(parent, index));
    if (!parent.history().has_own_parameters(recipients.front())) {
        head.envelope.ret = mail::ReturnedPart::unsaid;
        head.envelope.envid.clear();
    }
    return head;
}

}  // namespace

Status file_report(const Tools& tools, spool::Message& parent, const spool::Head& head,
                   const ReportContent& content, const ReportedOn& on) {
    POSTERN_ASSIGN(auto child, spool::StagedChild::create(tools.files, tools.layout, head));
    POSTERN_TRY(child.append(content.before));
    if (content.returns_message) POSTERN_TRY(copy_content(parent, child));
    POSTERN_TRY(child.append(content.after));
    return complete(tools, parent, child, head, std::string(on.purpose), on.recipients);
}

namespace {

/// Those who share a reverse-path.
Status hand_over_some(const Tools& tools, spool::Message& parent, const spool::RecipientSet& recipients,
                      spool::Lane lane) {
    const spool::Head head = part_head(parent, recipients, lane);
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
