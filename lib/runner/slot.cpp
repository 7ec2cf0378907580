// SPDX-License-Identifier: BSD-2-Clause
#include "runner/slot.hpp"

namespace postern::runner {

namespace {

constexpr unsigned kLockMode = 0660;
constexpr unsigned kRunMode = 0770;

Result<std::unique_ptr<sys::File>> open_lock(sys::FileSystem& files, const std::string& path) {
    auto created = files.create(path, kLockMode);
    if (created.failed_with(Fault::exists)) return files.open(path, sys::Access::read_write);
    return created;
}

Result<std::optional<Slot>> take_any(sys::FileSystem& files, const std::string& run_directory,
                                     std::span<const std::string> names) {
    for (const std::string& name : names) {
        POSTERN_ASSIGN(auto slot, Slot::take(files, run_directory, name));
        if (slot) return slot;
    }
    return std::optional<Slot>();
}

}  // namespace

Result<std::optional<Slot>> Slot::take(sys::FileSystem& files, const std::string& run_directory,
                                       const std::string& name) {
    Slot slot(files, run_directory + "/" + name + ".lock", name);
    POSTERN_ASSIGN(const bool is_ours, slot.take_again());
    if (!is_ours) return std::optional<Slot>();
    return std::optional(std::move(slot));
}

Result<bool> Slot::take_again() {
    POSTERN_ASSIGN(auto file, open_lock(*files_, path_));
    POSTERN_ASSIGN(const bool is_locked, file->try_lock());
    if (is_locked) lock_ = std::move(file);
    return is_locked;
}

Status make_run_directory(sys::FileSystem& files, const std::string& run_directory) {
    const auto made = files.make_directory(run_directory, kRunMode);
    return made.failed_with(Fault::exists) ? Status(done) : made;
}

Result<std::optional<Slot>> take_slot(sys::FileSystem& files, const std::string& run_directory,
                                      spool::Lane lane, unsigned delivers, Waker& waker) {
    const auto names = names_of_runners(lane, delivers);
    POSTERN_ASSIGN(auto slot, take_any(files, run_directory, names));
    if (slot) return slot;
    waker.wake(lane);
    return take_any(files, run_directory, names);
}

}  // namespace postern::runner
