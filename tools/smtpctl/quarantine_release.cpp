// SPDX-License-Identifier: BSD-2-Clause
// smtpctl quarantine release: messages are put into the queue as if they were valid.
#include "commands.hpp"
#include "queue_order.hpp"

namespace postern::smtpctl {

void add_quarantine_release(const Command& quarantine, Toolbox& tools) {
    auto selection = std::make_shared<Selection>();
    selection->shelf = Shelf::quarantine;
    const Command command = quarantine.add_subcommand("release", "Queue messages as if they were valid");
    add_selection(command, *selection);
    command.describe("smtpctl quarantine release abcdefghijklmnopqrstuvwxyz", {65, 66, 75, 77, 78});
    command.callback(
        [selection, &tools] { tools.ending = order_each(tools, *selection, spool::Order::release); });
}

}  // namespace postern::smtpctl
