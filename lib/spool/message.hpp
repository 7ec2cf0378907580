// SPDX-License-Identifier: BSD-2-Clause
// A claimed message: the open spool file, its lock, its envelope and history. Whoever holds a Message may
// act on it, rename it and remove it; nobody else can. The claim ends with the object. Work that was begun
// and has recorded nothing is noted as `left` then, so that only a crash leaves a `begun` without an end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "mail/envelope.hpp"
#include "spool/history.hpp"
#include "spool/layout.hpp"
#include "spool/locked_file.hpp"
#include "spool/minutes.hpp"
#include "spool/record.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

enum class Durability { not_synced, synced };

class Message {
public:
    /// Locks `path` without waiting, checks after locking that the name still leads to that file, reads
    /// line 1, verifies the sum, reads the log.
    static Result<std::variant<Message, NotClaimed>> claim(sys::FileSystem& files, const std::string& path);

    const MessageId& id() const;
    const mail::Envelope& envelope() const;
    const History& history() const;
    std::optional<MessageId> parent() const;
    std::uint64_t content_size() const;
    const std::string& path() const;
    /// The id of a child that is made now for this purpose: the same again after a crash.
    MessageId child_id(std::string_view purpose) const;

    /// Content octets from `offset`; fewer than asked only at the end.
    Result<std::size_t> read_content(std::uint64_t offset, std::span<char> into) const;

    /// Appends records in one write and applies them to history(); with `synced` they are durable when this
    /// returns. On error none of them is in the log, as far as this process can see to it.
    Status append(std::span<const Record> records, Durability durability);
    Status append(const Record& record, Durability durability) {
        return append(std::span(&record, 1), durability);
    }
    /// Makes sure that `octets` of log can be written without asking the disk for room.
    Status reserve_log(std::size_t octets);

    /// Renames to `directory`/`name` (a minute directory is made and made durable first); never replaces a
    /// file: Fault::exists.
    Status move_to(const std::string& directory, const std::string& name);
    /// The same for those who move many; `minutes` remembers what was made durable.
    Status move_to(const std::string& directory, const std::string& name, Minutes& minutes);
    Status remove();

    Message(Message&&) noexcept;
    Message& operator=(Message&&) noexcept;
    ~Message();

private:
    struct State;
    explicit Message(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace postern::spool
