// SPDX-License-Identifier: BSD-2-Clause
#include "spool/incoming.hpp"

#include "spool/locked_file.hpp"
#include "spool/spool_writer.hpp"

namespace postern::spool {

struct Incoming::State {
    State(Door the_door, MessageId the_id, std::string the_path, LockedFile locked, const Head& head)
        : door(the_door),
          id(std::move(the_id)),
          path(std::move(the_path)),
          file(std::move(locked)),
          writer(*file, head) {}

    /// A file that cannot be unlinked must at least not look like mail.
    void undo() {
        if (!door.files.unlink(path)) (void)file->write_at(0, write_fixed_fields({}));
    }

    Door door;
    MessageId id;
    std::string path;
    LockedFile file;
    SpoolWriter writer;
    bool is_committed = false;
};

Incoming::Incoming(std::unique_ptr<State> state) : state_(std::move(state)) {}
Incoming::Incoming(Incoming&&) noexcept = default;

Incoming::~Incoming() {
    if (state_ && !state_->is_committed) state_->undo();
}

Result<Incoming> Incoming::create(Door door, MessageId id, const mail::Envelope& envelope) {
    std::string path = door.layout.incoming() + "/" + id.text();
    POSTERN_ASSIGN(auto file, create_locked(door.files, path));
    const Head head{id, Lane::received, envelope.release_at.value_or(envelope.received), std::nullopt,
                    envelope};
    return Incoming(std::make_unique<State>(door, std::move(id), std::move(path), std::move(file), head));
}

const MessageId& Incoming::id() const { return state_->id; }

Status Incoming::append(std::string_view content) { return state_->writer.append(content); }

Result<MessageId> Incoming::commit() && {
    const Door& door = state_->door;
    return finish(door.layout.now(Lane::received), door.received_now, std::nullopt);
}

Result<MessageId> Incoming::quarantine(const std::string& reason, Instant now) && {
    const Door& door = state_->door;
    if (door.quarantine == nullptr) return Error(Fault::internal, "nothing was to go into quarantine");
    return finish(door.layout.quarantine(), *door.quarantine, Record{now, Held{reason}});
}

Result<MessageId> Incoming::finish(const std::string& directory, sys::Directory& to_sync,
                                   const std::optional<Record>& first) {
    auto& [door, id, path, file, writer, is_committed] = *state_;
    const std::string filed = directory + "/" + id.text();
    POSTERN_TRY(writer.finish(first));
    POSTERN_TRY(file->sync());
    POSTERN_TRY(door.files.rename_new(path, filed));  // queued from this instant
    path = filed;                                     // and what an error must now undo
    POSTERN_TRY(to_sync.sync());                      // and now it survives a power cut
    is_committed = true;
    return id;
}

}  // namespace postern::spool
