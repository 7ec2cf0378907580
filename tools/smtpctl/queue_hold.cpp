// SPDX-License-Identifier: BSD-2-Clause
// smtpctl queue hold: messages are kept, and not tried until they are released.
#include "commands.hpp"
#include "queue_order.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    Selection selection;
    std::string reason;
};

}  // namespace

void add_queue_hold(const Command& queue, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = queue.add_subcommand("hold", "Keep messages and do not try them");
    add_selection(command, options->selection);
    command.add_option("--reason", options->reason, "Why, for queue show").type_name("TEXT");
    command.describe("smtpctl queue hold --domain example.net --reason 'asked to wait'",
                     {65, 66, 75, 77, 78});
    command.callback([options, &tools] {
        tools.ending = order_each(tools, options->selection, spool::Order::hold, options->reason);
    });
}

}  // namespace postern::smtpctl
