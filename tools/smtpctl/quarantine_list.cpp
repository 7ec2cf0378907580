// SPDX-License-Identifier: BSD-2-Clause
// smtpctl quarantine list: what was taken, but not queued, one message a line, and why.
#include "commands.hpp"
#include "queue_message.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

void print(std::ostream& out, const QueueMessage& message, Instant now) {
    print_row(out, message, now);
    if (!message.story) return;
    if (const auto& hold = message.story->history.hold()) out << "    " << printable(hold->reason) << '\n';
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    const spool::Layout layout(config.directories.spool);
    POSTERN_ASSIGN(const auto files, spool::list_quarantine(tools.files, layout));
    for (const spool::QueuedFile& file : files) {
        POSTERN_ASSIGN(const auto message, read_queue_message(tools.files, file));
        if (!message) continue;
        if (json)
            tools.print_json([&](JsonWriter& line) { write_summary(line, *message); });
        else
            print(tools.out, *message, tools.clock.now());
    }
    return done;
}

}  // namespace

void add_quarantine_list(const Command& quarantine, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command = quarantine.add_subcommand("list", "List the messages, and why they are here");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl quarantine list", {75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
