// SPDX-License-Identifier: BSD-2-Clause
// A message on its way in: written to incoming/, made durable and visible by commit() or quarantine(), undone
// by the destructor. Exactly two syncs. Memory holds one buffer, whatever the message (postern-spool(5),
// COMMIT).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/randomness.hpp"
#include "mail/envelope.hpp"
#include "spool/layout.hpp"
#include "spool/message_id.hpp"
#include "spool/record.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

/// What a session needs open before it is confined.
struct Door {
    sys::FileSystem& files;
    const Layout& layout;
    sys::Directory& received_now;          ///< opened before confinement; commit() syncs it
    sys::Directory* quarantine = nullptr;  ///< the same, where something may go there
};

class Incoming {
public:
    /// Creates and locks incoming/ID. Nothing of the content yet.
    static Result<Incoming> create(Door door, MessageId id, const mail::Envelope& envelope);

    const MessageId& id() const;
    Status append(std::string_view content);
    /// Durable and in received/now when it returns success; on error nothing is queued.
    Result<MessageId> commit() &&;
    /// The same, but in quarantine/, held for this reason.
    Result<MessageId> quarantine(const std::string& reason, Instant now) &&;

    Incoming(Incoming&&) noexcept;
    ~Incoming();  ///< unlinks what was not committed, while its lock is still held

private:
    struct State;
    Result<MessageId> finish(const std::string& directory, sys::Directory& to_sync,
                             const std::optional<Record>& first);
    explicit Incoming(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace postern::spool
