// SPDX-License-Identifier: BSD-2-Clause
// What an administrator orders for a message. Each order is a claim; it is first a synced record, then the
// directory follows: whoever finds the file after a crash between the two obeys the record.
#pragma once

#include <chrono>
#include <string>

#include "spool/layout.hpp"
#include "spool/message.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

enum class Order {
    retry,      ///< try it at once; ends a hold
    hold,       ///< keep it in hold/ without trying
    release,    ///< ends a hold; the next try is when it was to be
    remove,     ///< away with it, and nobody is told
    give_back,  ///< fails who is open: the next runner reports that to the sender. Fault::permanent without
                ///< one
};

struct Ordered {
    Order order;
    Instant at;
    std::string by = {};      ///< the administrator's name, for the log
    std::string reason = {};  ///< of a hold
};

enum class Obeyed { now, before };  ///< before: a held message was held, one to be released was not

/// Waits up to `patience` for a runner at work; Fault::temporary after that, Fault::not_found when there is
/// no such message, Fault::permanent when it is damaged. `seen_at`: a path at which to look first.
Result<Obeyed> carry_out(sys::FileSystem& files, const Layout& layout, const MessageId& id,
                         const Ordered& ordered, std::chrono::milliseconds patience,
                         const std::string& seen_at = {});

/// The same for a message in quarantine/, which Order::release puts into its lane and Order::remove away.
Result<Obeyed> carry_out_in_quarantine(sys::FileSystem& files, const Layout& layout, const MessageId& id,
                                       const Ordered& ordered, std::chrono::milliseconds patience);

inline Status retry(sys::FileSystem& files, const Layout& layout, const MessageId& id, Instant now,
                    std::chrono::milliseconds patience) {
    POSTERN_TRY(carry_out(files, layout, id, {Order::retry, now}, patience));
    return done;
}

/// Renames a claimed message into now/ of the lane that its name tells.
Status move_into_lane(const Layout& layout, Message& message);

}  // namespace postern::spool
