// SPDX-License-Identifier: BSD-2-Clause
// smtpctl quarantine show: one message that was found not to be valid, and why; its content on demand.
#include "commands.hpp"
#include "show_message.hpp"

namespace postern::smtpctl {

void add_quarantine_show(const Command& quarantine, Toolbox& tools) {
    auto options = std::make_shared<ShowOptions>();
    const Command command = quarantine.add_subcommand("show", "Show a message and why it is here");
    add_show_options(command, *options);
    command.describe("smtpctl quarantine show abcdefghijklmnopqrstuvwxyz", {65, 66, 75, 77, 78});
    command.callback(
        [options, &tools] { tools.ending = show_message(tools, *options, spool::find_in_quarantine); });
}

}  // namespace postern::smtpctl
