// SPDX-License-Identifier: BSD-2-Clause
// smtpctl queue remove: messages are taken away, without a word to the sender or as undeliverable.
#include "commands.hpp"
#include "queue_order.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    Selection selection;
    bool bounce = false;
};

}  // namespace

void add_queue_remove(const Command& queue, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command =
        queue.add_subcommand("remove", "Remove messages; nobody is told, unless with --bounce");
    add_selection(command, options->selection);
    command.add_flag("--bounce", options->bounce, "Return them to their senders as undeliverable");
    command.describe("smtpctl queue remove abcdefghijklmnopqrstuvwxyz", {65, 66, 75, 77, 78});
    command.callback([options, &tools] {
        tools.ending = order_each(tools, options->selection,
                                  options->bounce ? spool::Order::give_back : spool::Order::remove);
    });
}

}  // namespace postern::smtpctl
