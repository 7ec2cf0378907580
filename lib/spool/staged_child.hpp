// SPDX-License-Identifier: BSD-2-Clause
// A child on its way into the spool (postern-spool(5), CHILDREN): written and made durable in staged/ under
// its derived id; then the parent records it; then it is filed into its lane. It stays locked until then.
#pragma once

#include <string>
#include <string_view>

#include "spool/head.hpp"
#include "spool/locked_file.hpp"
#include "spool/message.hpp"
#include "spool/spool_writer.hpp"

namespace postern::spool {

class StagedChild {
public:
    /// Removes what an earlier try has left under this id; Fault::temporary when somebody works on that.
    static Result<StagedChild> create(sys::FileSystem& files, const Layout& layout, const Head& head);

    Status append(std::string_view content) { return writer_->append(content); }
    /// Durable in staged/ when it returns. From here on the file outlives this object.
    Status finish();
    /// Renames it to `path`. One that is there already is the same child.
    Status file_as(const std::string& path);

    StagedChild(StagedChild&&) noexcept = default;
    ~StagedChild();

private:
    StagedChild(sys::FileSystem& files, std::string directory, std::string path, LockedFile file,
                const Head& head);

    sys::FileSystem& files_;
    std::string directory_, path_;
    LockedFile file_;
    std::unique_ptr<SpoolWriter> writer_;
    bool is_finished_ = false;
};

/// Unlinks what a dead process has staged for this claimed message without naming it in the log. To be done
/// before the message goes on: what is done now calls for other children, and this one must not be filed
/// when the message is gone. False when somebody holds such a child: leave the message alone for now.
Result<bool> remove_unnamed_children(sys::FileSystem& files, const Layout& layout, const Message& message);

}  // namespace postern::spool
