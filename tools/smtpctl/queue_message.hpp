// SPDX-License-Identifier: BSD-2-Clause
// A queued message as queue list and queue show print it.
#pragma once

#include <optional>
#include <ostream>
#include <string>

#include "base/ascii.hpp"
#include "base/json_text.hpp"
#include "spool/queue.hpp"

namespace postern::smtpctl {

struct QueueMessage {
    spool::QueuedFile file;
    std::optional<spool::MessageStory> story;  ///< nothing when the file is damaged; then
    std::string trouble = {};                  ///< what is wrong with it
};

/// Nothing when it has gone since it was listed.
Result<std::optional<QueueMessage>> read_queue_message(sys::FileSystem& files, const spool::QueuedFile& file);

/// One object: id, place, due, from, size, recipients with their states.
void write_summary(JsonWriter& json, const QueueMessage& message);
/// The same in one line for people.
void print_row(std::ostream& out, const QueueMessage& message, Instant now);

/// The sender under whom it goes to this recipient, where that is not the one it came from; "" = none.
std::optional<std::string> own_sender_of(const spool::MessageStory& story, std::size_t recipient);
std::string_view to_string(spool::RecipientHistory::State state);
/// "550 5.1.1 who?", or in Postern's words where no host said anything.
std::string words_of(const spool::Outcome& outcome);

}  // namespace postern::smtpctl
