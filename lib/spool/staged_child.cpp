// SPDX-License-Identifier: BSD-2-Clause
#include "spool/staged_child.hpp"

namespace postern::spool {

namespace {

std::string path_of(const Layout& layout, const MessageId& id) { return layout.staged() + "/" + id.text(); }

/// Only whoever holds the parent makes its children, so what lies here is a dead process's. False when
/// somebody holds it: a sweep.
Result<bool> remove_earlier(sys::FileSystem& files, const std::string& path) {
    POSTERN_ASSIGN(const auto earlier, lock_file(files, path));
    if (const auto* why = std::get_if<NotClaimed>(&earlier)) return why->why == NotClaimed::Why::gone;
    POSTERN_TRY(files.unlink(path));
    return true;
}

}  // namespace

StagedChild::StagedChild(sys::FileSystem& files, std::string directory, std::string path, LockedFile file,
                         const Head& head)
    : files_(files),
      directory_(std::move(directory)),
      path_(std::move(path)),
      file_(std::move(file)),
      writer_(std::make_unique<SpoolWriter>(*file_, head)) {}

StagedChild::~StagedChild() {
    if (file_ && !is_finished_) (void)files_.unlink(path_);
}

Result<StagedChild> StagedChild::create(sys::FileSystem& files, const Layout& layout, const Head& head) {
    const std::string path = path_of(layout, head.id);
    POSTERN_ASSIGN(const bool is_free, remove_earlier(files, path));
    if (!is_free) return Error(Fault::temporary, "lock " + path + ": somebody works on it");
    POSTERN_ASSIGN(auto file, create_locked(files, path));
    return StagedChild(files, layout.staged(), path, std::move(file), head);
}

Status StagedChild::finish() {
    POSTERN_TRY(writer_->finish());
    POSTERN_TRY(file_->sync());
    POSTERN_TRY(sys::sync_directory(files_, directory_));
    is_finished_ = true;
    return done;
}

Status StagedChild::file_as(const std::string& path) {
    const Status renamed = files_.rename_new(path_, path);
    return renamed.failed_with(Fault::exists) ? files_.unlink(path_) : renamed;
}

Result<bool> remove_unnamed_children(sys::FileSystem& files, const Layout& layout, const Message& message) {
    for (const auto purpose : {kBouncePurpose, kDelayPurpose, kSuccessPurpose, to_string(Lane::relay),
                               to_string(Lane::received)}) {
        POSTERN_ASSIGN(const bool is_gone, remove_earlier(files, path_of(layout, message.child_id(purpose))));
        if (!is_gone) return false;
    }
    return true;
}

}  // namespace postern::spool
