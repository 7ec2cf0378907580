// SPDX-License-Identifier: BSD-2-Clause
// The spool as an administrator sees it. Listing opens no message: everything stands in the names.
// Reading claims nothing and tolerates a runner at work; what is ordered is in queue_orders.hpp.
#pragma once

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

enum class Place { received, relay, hold, quarantine, damaged };
std::string_view to_string(Place place);

/// A spool file as its name tells of it.
struct QueuedFile {
    Place place = Place::received;
    std::string directory;
    std::string name;
    MessageId id;
    int priority = 5;
    std::string domain = {};  ///< of relay names; "+" = several; "" = not said
    std::optional<Minute> due =
        std::nullopt;  ///< nothing = at once (or not at all: hold, quarantine, damaged)
    std::string path() const { return directory + "/" + name; }
};

/// Every file with a legal name in both lanes, hold/ and damaged/; by place, due minute, name.
Result<std::vector<QueuedFile>> list_all(sys::FileSystem& files, const Layout& layout);
/// Those that were taken, but not queued: the session found them not to be valid. By name.
Result<std::vector<QueuedFile>> list_quarantine(sys::FileSystem& files, const Layout& layout);
/// Fault::not_found when no file bears the id.
Result<QueuedFile> find_by_id(sys::FileSystem& files, const Layout& layout, const MessageId& id);
Result<QueuedFile> find_in_quarantine(sys::FileSystem& files, const Layout& layout, const MessageId& id);

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

}  // namespace postern::spool
