// SPDX-License-Identifier: BSD-2-Clause
// smtpctl queue show: one message with all its recipients; its content on demand.
#include "commands.hpp"
#include "show_message.hpp"

namespace postern::smtpctl {

void add_queue_show(const Command& queue, Toolbox& tools) {
    auto options = std::make_shared<ShowOptions>();
    const Command command = queue.add_subcommand("show", "Show a message and what became of each recipient");
    add_show_options(command, *options);
    command.describe("smtpctl queue show abcdefghijklmnopqrstuvwxyz", {65, 66, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = show_message(tools, *options, spool::find_by_id); });
}

}  // namespace postern::smtpctl
