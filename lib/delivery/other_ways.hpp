// SPDX-License-Identifier: BSD-2-Clause
// Accounts that get their mail by another way than a Maildir: LMTP or a command. Neither knows a message
// again, so room for the records is made sure of before, and what became of recipients is recorded, durably,
// before anything else is done: they get a message twice only if this machine dies in between.
#pragma once

#include <vector>

#include "delivery/command.hpp"
#include "delivery/lmtp.hpp"
#include "delivery/sorting.hpp"
#include "runner/worker.hpp"

namespace postern::delivery {

class OtherWays {
public:
    OtherWays(runner::Worker& worker, Lmtp& lmtp, CommandDelivery& commands, Log& log)
        : worker_(worker), lmtp_(lmtp), commands_(commands), log_(log) {}

    /// Takes such accounts out of `sorted.mailboxes` and delivers to them; nothing of them is left to
    /// record. Fails only when what was done cannot be recorded.
    Status deliver(spool::Message& message, Sorted& sorted);

private:
    Status by_lmtp(spool::Message& message, const accounts::LmtpServer& server, std::vector<Addressed> open);
    Status by_command(spool::Message& message, const accounts::DeliveryCommand& command,
                      const Addressed& addressed);
    Result<std::vector<smtp::ClientResult>> send(const spool::Message& message,
                                                 const accounts::LmtpServer& server,
                                                 const std::vector<Addressed>& some);

    runner::Worker& worker_;
    Lmtp& lmtp_;
    CommandDelivery& commands_;
    Log& log_;
};

}  // namespace postern::delivery
