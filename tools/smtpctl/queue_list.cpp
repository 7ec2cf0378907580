// SPDX-License-Identifier: BSD-2-Clause
// smtpctl queue list: what waits, one message a line. Messages are read, not claimed: runners go on.
#include <algorithm>

#include "commands.hpp"
#include "queue_message.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string recipient;
    bool json = false;
};

bool is_for(const QueueMessage& message, const std::string& recipient) {
    if (recipient.empty()) return true;
    if (!message.story) return false;
    return std::ranges::any_of(message.story->history.recipients(), [&](const spool::RecipientHistory& r) {
        return ascii::equals_ignoring_case(r.address.to_string(), recipient);
    });
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    const spool::Layout layout(config.directories.spool);
    POSTERN_ASSIGN(const std::vector<spool::QueuedFile> queued, spool::list_all(tools.files, layout));
    for (const spool::QueuedFile& file : queued) {
        POSTERN_ASSIGN(const auto message, read_queue_message(tools.files, file));
        if (!message || !is_for(*message, options.recipient)) continue;
        if (options.json)
            tools.print_json([&](JsonWriter& json) { write_summary(json, *message); });
        else
            print_row(tools.out, *message, tools.clock.now());
    }
    return done;
}

}  // namespace

void add_queue_list(const Command& queue, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = queue.add_subcommand("list", "List the messages that wait, by lane and time");
    command.add_option("--to", options->recipient, "Only messages with this recipient").type_name("ADDRESS");
    command.add_flag("--json", options->json, "Print one JSON object a line");
    command.describe("smtpctl queue list --to bob@example.net", {75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
