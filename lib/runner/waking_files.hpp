// SPDX-License-Identifier: BSD-2-Clause
// The file system of a runner at work: it notes into which lanes messages were renamed, for whatever reason,
// so that their runners are woken and no step of the work need think of it. They are woken between two
// messages, when what was renamed is unlocked.
#pragma once

#include <set>

#include "runner/wake.hpp"
#include "sys/forwarding_files.hpp"

namespace postern::runner {

class WakingFiles final : public sys::ForwardingFiles {
public:
    /// All outlive it.
    WakingFiles(sys::FileSystem& files, const spool::Layout& layout, Waker& waker)
        : ForwardingFiles(files), layout_(layout), waker_(waker) {}

    /// Those whose lane has got a message since the last call.
    void wake_runners();

    Status rename_new(const std::string& from, const std::string& to) override;

private:
    const spool::Layout& layout_;
    Waker& waker_;
    std::set<spool::Lane> filled_;
};

}  // namespace postern::runner
