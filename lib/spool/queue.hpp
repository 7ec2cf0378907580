// SPDX-License-Identifier: BSD-2-Clause
// The spool as an administrator sees it. Listing opens no message: everything stands in the names.
// Reading claims nothing and tolerates a runner at work; retry() is a claim.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mail/envelope.hpp"
#include "spool/history.hpp"
#include "spool/layout.hpp"
#include "spool/message.hpp"
#include "spool/record.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

enum class Place { received, relay, hold, damaged };
std::string_view to_string(Place place);

/// A spool file as its name tells of it.
struct QueuedFile {
    Place place = Place::received;
    std::string directory;
    std::string name;
    MessageId id;
    int priority = 5;
    std::string domain = {};                   ///< of relay names; "+" = several; "" = not said
    std::optional<Minute> due = std::nullopt;  ///< nothing = at once (or not at all: hold, damaged)
    std::string path() const { return directory + "/" + name; }
};

/// Every file with a legal name in both lanes, hold/ and damaged/; by place, due minute, name.
Result<std::vector<QueuedFile>> list_all(sys::FileSystem& files, const Layout& layout);
/// Fault::not_found when no file bears the id.
Result<QueuedFile> find_by_id(sys::FileSystem& files, const Layout& layout, const MessageId& id);

/// A spool file's whole story, read without a claim.
struct MessageStory {
    MessageId id;
    std::optional<MessageId> parent;
    mail::Envelope envelope;
    History history;
    std::vector<Record> log;
    std::uint64_t content_offset = 0;  ///< where in the file the content begins
    std::uint64_t content_size = 0;
};

/// Fault::not_found when it is gone, Fault::permanent when it is damaged (the text says how).
Result<MessageStory> read_message(sys::FileSystem& files, const std::string& path);

/// Has the message tried at once, also out of hold/: appends `retried` (synced), moves it into its lane's
/// now/. Waits up to `patience` for a runner at work; Fault::temporary after that, Fault::not_found when
/// there is no such message.
Status retry(sys::FileSystem& files, const Layout& layout, const MessageId& id, Instant now,
             std::chrono::milliseconds patience);

/// Renames a claimed message into now/ of the lane that its name tells.
Status move_into_lane(const Layout& layout, Message& message);

}  // namespace postern::spool
