// SPDX-License-Identifier: BSD-2-Clause
// smtpctl queue release: messages in hold go back into their lanes; when they are tried stays as it was.
#include "commands.hpp"
#include "queue_order.hpp"

namespace postern::smtpctl {

void add_queue_release(const Command& queue, Toolbox& tools) {
    auto selection = std::make_shared<Selection>();
    const Command command = queue.add_subcommand("release", "End a hold; tries go on when they are due");
    add_selection(command, *selection);
    command.describe("smtpctl queue release --domain example.net", {65, 66, 75, 77, 78});
    command.callback(
        [selection, &tools] { tools.ending = order_each(tools, *selection, spool::Order::release); });
}

}  // namespace postern::smtpctl
