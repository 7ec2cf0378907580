// SPDX-License-Identifier: BSD-2-Clause
#include <thread>

#include "spool/queue.hpp"
#include "spool/staged_child.hpp"

namespace postern::spool {

namespace {

constexpr std::chrono::milliseconds kPauseBetweenTries{50};

/// True when it is done, false when a runner has the message or has just moved it.
Result<bool> try_once(sys::FileSystem& files, const Layout& layout, const MessageId& id, Instant now) {
    POSTERN_ASSIGN(const QueuedFile file, find_by_id(files, layout, id));
    POSTERN_ASSIGN(auto claimed, Message::claim(files, file.path()));
    if (const auto* why = std::get_if<NotClaimed>(&claimed)) {
        if (why->why != NotClaimed::Why::damaged) return false;
        return Error(Fault::permanent, file.path() + ": " + why->what);
    }
    auto& message = std::get<Message>(claimed);
    POSTERN_ASSIGN(const bool is_free, remove_unnamed_children(files, layout, message));
    if (!is_free) return false;
    POSTERN_TRY(message.append({now, Retried{}}, Durability::synced));
    POSTERN_TRY(move_into_lane(layout, message));
    return true;
}

}  // namespace

/// A name of relay/ leads there, any other one to received/, whose runner knows where it belongs.
Status move_into_lane(const Layout& layout, Message& message) {
    const std::string name = message.path().substr(message.path().rfind('/') + 1);
    if (RelayName::parse(name)) return message.move_to(layout.now(Lane::relay), name);
    return message.move_to(layout.now(Lane::received), message.id().text());
}

Status retry(sys::FileSystem& files, const Layout& layout, const MessageId& id, Instant now,
             std::chrono::milliseconds patience) {
    for (auto waited = std::chrono::milliseconds(0);; waited += kPauseBetweenTries) {
        POSTERN_ASSIGN(const bool is_done, try_once(files, layout, id, now));
        if (is_done) return done;
        if (waited >= patience) return Error(Fault::temporary, "a runner works on " + id.text());
        std::this_thread::sleep_for(kPauseBetweenTries);
    }
}

}  // namespace postern::spool
