// SPDX-License-Identifier: BSD-2-Clause
#include "runner/suspects.hpp"

#include <algorithm>

namespace postern::runner {

using spool::MessageId;

namespace {

constexpr unsigned kDirectoryMode = 0770;
constexpr unsigned kFileMode = 0660;
constexpr int kMostRunners = 1000;
constexpr std::size_t kIdLength = 26;

/// The message that stands in a note; nothing when the runner had let go of it.
std::optional<MessageId> read_note(const sys::File& note) {
    std::string text(kIdLength, '\0');
    const auto length = note.read_at(0, text);
    return length ? MessageId::parse(text.substr(0, *length)) : std::nullopt;
}

}  // namespace

Suspects::Suspects(sys::FileSystem& files, const std::string& run_directory, const std::string& name)
    : files_(files) {
    if (run_directory.empty()) return;
    notes_ = run_directory + "/working";
    marks_ = run_directory + "/suspects";
    for (const std::string& directory : {run_directory, notes_, marks_})
        (void)files_.make_directory(directory, kDirectoryMode);
    read_marks();
    read_notes();
    take_note(name);
}

Suspects::~Suspects() {
    if (note_) (void)files_.unlink(note_path_);
}

void Suspects::read_marks() {
    const auto names = files_.list(marks_);
    if (!names) return;
    for (const std::string& name : *names) {
        const auto id = MessageId::parse(name);
        const auto info = files_.info(marks_ + "/" + name);
        if (id && info) deaths_[*id] = static_cast<unsigned>(info->size);
    }
}

void Suspects::read_notes() {
    const auto names = files_.list(notes_);
    if (!names) return;
    for (const std::string& name : *names) {
        const std::string path = notes_ + "/" + name;
        const auto locked = spool::lock_file(files_, path);
        if (!locked || !std::holds_alternative<spool::LockedFile>(*locked)) continue;
        if (const auto id = read_note(*std::get<spool::LockedFile>(*locked))) accuse(*id);
        (void)files_.unlink(path);
    }
}

void Suspects::take_note(const std::string& name) {
    for (int i = 0; i < kMostRunners && !note_; ++i) {
        note_path_ = notes_ + "/" + name + "." + std::to_string(i);
        auto file = spool::create_locked(files_, note_path_);
        if (file)
            note_ = *std::move(file);
        else if (!file.failed_with(Fault::exists))
            return;
    }
}

unsigned Suspects::deaths(const MessageId& id) const {
    const auto found = deaths_.find(id);
    return found == deaths_.end() ? 0 : found->second;
}

void Suspects::accuse(const MessageId& id) {
    if (marks_.empty()) return;
    const unsigned before = deaths_[id]++;
    auto mark = files_.create(mark_of(id), kFileMode);
    if (mark.failed_with(Fault::exists)) mark = files_.open(mark_of(id), sys::Access::read_write);
    if (mark) (void)(*mark)->write_at(before, "x");
}

void Suspects::acquit(const MessageId& id) {
    if (deaths_.erase(id) > 0) (void)files_.unlink(mark_of(id));
}

void Suspects::note(const MessageId& id) {
    if (!note_) return;
    is_noted_ = true;
    (void)note_->write_at(0, id.text());
}

void Suspects::forget() {
    if (!std::exchange(is_noted_, false)) return;
    (void)note_->write_at(0, "-");  // no id begins like this
}

}  // namespace postern::runner
