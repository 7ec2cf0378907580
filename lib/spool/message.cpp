// SPDX-License-Identifier: BSD-2-Clause
#include "spool/message.hpp"

#include <algorithm>

#include "spool/record_codec.hpp"
#include "spool/spool_file.hpp"
#include "spool/spool_writer.hpp"

namespace postern::spool {

namespace {

constexpr int kMostRenames = 3;

History replay(const SpoolFile& told) {
    History history(told.head.envelope);
    for (const Record& record : told.log) history.apply(record);
    return history;
}

}  // namespace

struct Message::State {
    State(sys::FileSystem& the_files, std::string the_path, LockedFile locked, SpoolFile what_it_tells,
          std::uint64_t file_length)
        : files(the_files),
          path(std::move(the_path)),
          file(std::move(locked)),
          told(std::move(what_it_tells)),
          history(replay(told)),
          length(file_length) {
        told.log.clear();
    }

    /// Not `begun` alone: whoever claimed the file came to a good end.
    void leave() {
        if (!has_begun || history.unfinished_begins() == 0) return;
        std::string line, chain = told.chain;
        append_log_line(line, {begun_at, Left{}}, chain);
        if (told.log_end + line.size() <= length) (void)file->write_at(told.log_end, line);
    }

    /// Lines that were not written whole, or not made durable, are none: the next reader must not see them.
    void take_back(std::size_t octets) {
        const auto info = file->info();
        if (!info || info->size <= told.log_end) return;
        const auto visible = std::min<std::uint64_t>(octets, info->size - told.log_end);
        (void)file->write_at(told.log_end, std::string(visible, '\0'));
    }

    void note(const Record& record) {
        history.apply(record);
        if (!std::holds_alternative<Begun>(record.event)) return;
        has_begun = true;
        begun_at = record.at;
    }

    sys::FileSystem& files;
    std::string path;
    LockedFile file;
    SpoolFile told;  ///< without its log, which is in history
    History history;
    std::uint64_t length;  ///< of the file, with the room behind the log
    bool has_begun = false;
    Instant begun_at{};
};

Message::Message(std::unique_ptr<State> state) : state_(std::move(state)) {}
Message::Message(Message&&) noexcept = default;

Message& Message::operator=(Message&& other) noexcept {
    if (state_ && this != &other) state_->leave();
    state_ = std::move(other.state_);
    return *this;
}

Message::~Message() {
    if (state_) state_->leave();
}

Result<std::variant<Message, NotClaimed>> Message::claim(sys::FileSystem& files, const std::string& path) {
    using Claimed = std::variant<Message, NotClaimed>;
    POSTERN_ASSIGN(auto locked, lock_file(files, path));
    if (auto* why = std::get_if<NotClaimed>(&locked)) return Claimed(std::move(*why));
    auto& file = std::get<LockedFile>(locked);
    POSTERN_ASSIGN(auto told, read_spool_file(*file));
    if (auto* damage = std::get_if<Damage>(&told))
        return Claimed(NotClaimed{NotClaimed::Why::damaged, std::move(damage->what)});
    POSTERN_ASSIGN(const sys::FileInfo info, file->info());
    return Claimed(Message(std::make_unique<State>(files, path, std::move(file),
                                                   std::move(std::get<SpoolFile>(told)), info.size)));
}

const MessageId& Message::id() const { return state_->told.head.id; }
const mail::Envelope& Message::envelope() const { return state_->told.head.envelope; }
const History& Message::history() const { return state_->history; }
std::optional<MessageId> Message::parent() const { return state_->told.head.parent; }
std::uint64_t Message::content_size() const { return state_->told.content_size; }
const std::string& Message::path() const { return state_->path; }

MessageId Message::child_id(std::string_view purpose) const {
    return MessageId::derived(id(), purpose, state_->told.call_chain);
}

Result<std::size_t> Message::read_content(std::uint64_t offset, std::span<char> into) const {
    const SpoolFile& told = state_->told;
    if (offset >= told.content_size) return std::size_t{0};
    const auto wanted = std::min<std::uint64_t>(into.size(), told.content_size - offset);
    return state_->file->read_at(told.content_offset + offset, into.first(wanted));
}

Status Message::append(std::span<const Record> records, Durability durability) {
    SpoolFile& told = state_->told;
    std::string lines, chain = told.chain, call_chain = told.call_chain;
    for (const Record& record : records) {
        append_log_line(lines, record, chain);
        if (calls_for_children(record)) call_chain = chain;
    }
    const std::size_t octets = lines.size();
    const std::uint64_t end = told.log_end + octets;
    if (end > state_->length) lines.append(room_behind(end), '\0');

    Status written = state_->file->write_at(told.log_end, lines);
    if (written) {
        state_->length = std::max(state_->length, told.log_end + lines.size());
        if (durability == Durability::synced) written = state_->file->sync_data();
    }
    if (!written) {
        state_->take_back(octets);
        return std::move(written).in("record what happened to " + id().text());
    }
    told.log_end = end;
    told.chain = std::move(chain);
    told.call_chain = std::move(call_chain);
    for (const Record& record : records) state_->note(record);
    return done;
}

Status Message::reserve_log(std::size_t octets) {
    const std::uint64_t end = state_->told.log_end + octets;
    if (end <= state_->length) return done;
    const std::uint64_t wanted = end + room_behind(end);
    const std::string zeros(wanted - state_->length, '\0');
    POSTERN_TRY(state_->file->write_at(state_->length, zeros).in("make room for the log of " + id().text()));
    state_->length = wanted;
    return done;
}

Status Message::move_to(const std::string& directory, const std::string& name) {
    Minutes none_known;
    return move_to(directory, name, none_known);
}

Status Message::move_to(const std::string& directory, const std::string& name, Minutes& minutes) {
    const std::string to = directory + "/" + name;
    if (to == state_->path) return done;
    Status renamed = done;
    for (int i = 0; i < kMostRenames; ++i) {  // a runner may find the minute empty, and remove it
        POSTERN_TRY(minutes.make(state_->files, directory));
        renamed = state_->files.rename_new(state_->path, to);
        if (!renamed.failed_with(Fault::not_found)) break;
        minutes.forget(directory);
    }
    POSTERN_TRY(renamed);
    state_->path = to;
    return done;
}

Status Message::remove() {
    POSTERN_TRY(state_->files.unlink(state_->path));
    state_->has_begun = false;
    return done;
}

}  // namespace postern::spool
