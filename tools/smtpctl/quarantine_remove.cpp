// SPDX-License-Identifier: BSD-2-Clause
// smtpctl quarantine remove: messages are taken away; nobody is told.
#include "commands.hpp"
#include "queue_order.hpp"

namespace postern::smtpctl {

void add_quarantine_remove(const Command& quarantine, Toolbox& tools) {
    auto selection = std::make_shared<Selection>();
    selection->shelf = Shelf::quarantine;
    const Command command = quarantine.add_subcommand("remove", "Remove messages; nobody is told");
    add_selection(command, *selection);
    command.describe("smtpctl quarantine remove abcdefghijklmnopqrstuvwxyz", {65, 66, 75, 77, 78});
    command.callback(
        [selection, &tools] { tools.ending = order_each(tools, *selection, spool::Order::remove); });
}

}  // namespace postern::smtpctl
