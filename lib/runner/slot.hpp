// SPDX-License-Identifier: BSD-2-Clause
// A lane has as many places for runners as it has names (runner/wake.hpp). A runner holds one of them, a lock
// on RUN/NAME.lock, as long as it works; the file stays, its lock ends with the process.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "runner/wake.hpp"
#include "sys/file_system.hpp"

namespace postern::runner {

class Slot {
public:
    /// Nothing when somebody else has it.
    static Result<std::optional<Slot>> take(sys::FileSystem& files, const std::string& run_directory,
                                            const std::string& name);

    const std::string& name() const { return name_; }
    void leave() { lock_.reset(); }
    /// False when somebody else has it now.
    Result<bool> take_again();

private:
    Slot(sys::FileSystem& files, std::string path, std::string name)
        : files_(&files), path_(std::move(path)), name_(std::move(name)) {}

    sys::FileSystem* files_;
    std::string path_;
    std::string name_;
    std::unique_ptr<sys::File> lock_;
};

/// Makes RUN, which may lie on a tmpfs, empty after each start of the machine.
Status make_run_directory(sys::FileSystem& files, const std::string& run_directory);

/// The first place of the lane that is free. Where none is, its runners are woken, and there is nothing to do
/// for this one: see run_once() for why no call is lost.
Result<std::optional<Slot>> take_slot(sys::FileSystem& files, const std::string& run_directory,
                                      spool::Lane lane, unsigned delivers, Waker& waker);

}  // namespace postern::runner
