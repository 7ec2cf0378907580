// SPDX-License-Identifier: BSD-2-Clause
// smtpctl queue retry: messages are tried by the next runner, also those in hold.
#include "commands.hpp"
#include "queue_order.hpp"

namespace postern::smtpctl {

void add_queue_retry(const Command& queue, Toolbox& tools) {
    auto selection = std::make_shared<Selection>();
    const Command command = queue.add_subcommand("retry", "Have messages tried at once, also those in hold");
    add_selection(command, *selection);
    command.describe("smtpctl queue retry abcdefghijklmnopqrstuvwxyz", {65, 66, 75, 77, 78});
    command.callback(
        [selection, &tools] { tools.ending = order_each(tools, *selection, spool::Order::retry); });
}

}  // namespace postern::smtpctl
