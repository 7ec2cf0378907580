// SPDX-License-Identifier: BSD-2-Clause
#include "spool/queue_orders.hpp"

#include <thread>

#include "spool/queue.hpp"
#include "spool/staged_child.hpp"

namespace postern::spool {

namespace {

constexpr std::chrono::milliseconds kPauseBetweenTries{50};

std::string name_of(const Message& message) { return message.path().substr(message.path().rfind('/') + 1); }

bool lies_aside(const Layout& layout, const Message& message) {
    return message.path() == layout.hold() + "/" + name_of(message) ||
           message.path() == layout.quarantine() + "/" + name_of(message);
}

Lane lane_by_name(const Message& message) {
    return RelayName::parse(name_of(message)) ? Lane::relay : Lane::received;
}

Result<Obeyed> hold(const Layout& layout, Message& message, const Ordered& ordered) {
    const bool was_held = message.history().is_held();
    if (!was_held)
        POSTERN_TRY(message.append({ordered.at, Held{ordered.reason, ordered.by}}, Durability::synced));
    POSTERN_TRY(message.move_to(layout.hold(), name_of(message)));
    return was_held ? Obeyed::before : Obeyed::now;
}

Status move_to_minute(const Layout& layout, Message& message, Minute minute) {
    const Lane lane = lane_by_name(message);
    return message.move_to(layout.minute(lane, minute),
                           lane == Lane::relay ? name_of(message) : message.id().text());
}

/// A file may lie in hold/ without a record of it: it was parked unread. Or it was released, and the rename
/// did not follow.
Result<Obeyed> release(const Layout& layout, Message& message, const Ordered& ordered) {
    if (!message.history().is_held() && !lies_aside(layout, message)) return Obeyed::before;
    POSTERN_TRY(message.append({ordered.at, Released{ordered.by}}, Durability::synced));
    const auto due = message.history().due();
    const bool is_due = !due || *due <= ordered.at;
    POSTERN_TRY(is_due ? move_into_lane(layout, message)
                       : move_to_minute(layout, message, minute_not_before(*due)));
    return Obeyed::now;
}

Result<Obeyed> remove(Message& message, const Ordered& ordered) {
    POSTERN_TRY(message.append({ordered.at, Removed{ordered.by}}, Durability::synced));
    POSTERN_TRY(message.remove());
    return Obeyed::now;
}

Result<Obeyed> give_back(const Layout& layout, Message& message, const Ordered& ordered) {
    if (!message.envelope().reverse_path)
        return Error(Fault::permanent, message.id().text() + " has no sender to whom it could be returned");
    std::vector<Record> records;
    if (const RecipientSet open = message.history().open(); !open.empty()) {
        const Outcome failed{Outcome::Kind::failed, open, "5.0.0",
                             "an administrator of this server has returned the message"};
        records.push_back({ordered.at, failed});
    }
    records.push_back({ordered.at, Released{ordered.by}});
    POSTERN_TRY(message.append(records, Durability::synced));
    POSTERN_TRY(move_into_lane(layout, message));
    return Obeyed::now;
}

Result<Obeyed> try_at_once(const Layout& layout, Message& message, const Ordered& ordered) {
    POSTERN_TRY(message.append({ordered.at, Retried{}}, Durability::synced));
    POSTERN_TRY(move_into_lane(layout, message));
    return Obeyed::now;
}

Result<Obeyed> obey(const Layout& layout, Message& message, const Ordered& ordered) {
    switch (ordered.order) {
        case Order::retry: return try_at_once(layout, message, ordered);
        case Order::hold: return hold(layout, message, ordered);
        case Order::release: return release(layout, message, ordered);
        case Order::remove: return remove(message, ordered);
        case Order::give_back: return give_back(layout, message, ordered);
    }
    return Obeyed::before;
}

/// Nothing when a runner has the message or has just moved it.
Result<std::optional<Obeyed>> order_at(sys::FileSystem& files, const Layout& layout, const std::string& path,
                                       const Ordered& ordered) {
    POSTERN_ASSIGN(auto claimed, Message::claim(files, path));
    if (const auto* why = std::get_if<NotClaimed>(&claimed)) {
        if (why->why != NotClaimed::Why::damaged) return std::optional<Obeyed>();
        return Error(Fault::permanent, path + ": " + why->what);
    }
    auto& message = std::get<Message>(claimed);
    POSTERN_ASSIGN(const bool is_free, remove_unnamed_children(files, layout, message));
    if (!is_free) return std::optional<Obeyed>();
    POSTERN_ASSIGN(const Obeyed obeyed, obey(layout, message, ordered));
    return std::optional(obeyed);
}

using Find = Result<QueuedFile> (*)(sys::FileSystem&, const Layout&, const MessageId&);

Result<Obeyed> carry_out_patiently(sys::FileSystem& files, const Layout& layout, Find find,
                                   const MessageId& id, const Ordered& ordered,
                                   std::chrono::milliseconds patience) {
    for (auto waited = std::chrono::milliseconds(0);; waited += kPauseBetweenTries) {
        POSTERN_ASSIGN(const QueuedFile file, find(files, layout, id));
        POSTERN_ASSIGN(const auto obeyed, order_at(files, layout, file.path(), ordered));
        if (obeyed) return *obeyed;
        if (waited >= patience) return Error(Fault::temporary, "somebody works on " + id.text());
        std::this_thread::sleep_for(kPauseBetweenTries);
    }
}

}  // namespace

/// A name of relay/ leads there, any other one to received/, whose runner knows where it belongs.
Status move_into_lane(const Layout& layout, Message& message) {
    if (lane_by_name(message) == Lane::relay)
        return message.move_to(layout.now(Lane::relay), name_of(message));
    return message.move_to(layout.now(Lane::received), message.id().text());
}

Result<Obeyed> carry_out(sys::FileSystem& files, const Layout& layout, const MessageId& id,
                         const Ordered& ordered, std::chrono::milliseconds patience,
                         const std::string& seen_at) {
    if (!seen_at.empty()) {
        POSTERN_ASSIGN(const auto obeyed, order_at(files, layout, seen_at, ordered));
        if (obeyed) return *obeyed;
    }
    return carry_out_patiently(files, layout, find_by_id, id, ordered, patience);
}

Result<Obeyed> carry_out_in_quarantine(sys::FileSystem& files, const Layout& layout, const MessageId& id,
                                       const Ordered& ordered, std::chrono::milliseconds patience) {
    return carry_out_patiently(files, layout, find_in_quarantine, id, ordered, patience);
}

}  // namespace postern::spool
