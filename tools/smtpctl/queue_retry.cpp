// SPDX-License-Identifier: BSD-2-Clause
// smtpctl queue retry: messages are tried by the next runner, also those in hold.
#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "spool/queue.hpp"
#include "toolbox.hpp"
#include "wake_runners.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::chrono::seconds kPatience{2};  // for a runner that has claimed the message

Ending retry(const std::string& text, Toolbox& tools, const spool::Layout& layout) {
    const auto id = spool::MessageId::parse(text);
    if (!id) return {status::bad_value, "'" + printable(text) + "' is no message id: 26 letters and digits"};
    const Status retried = spool::retry(tools.files, layout, *id, tools.clock.now(), kPatience);
    if (retried.failed_with(Fault::not_found))
        return {status::no_such_id, "no message has the id " + id->text()};
    POSTERN_TRY(retried);
    return done;
}

Ending retry_each(const std::vector<std::string>& ids, Toolbox& tools, const spool::Layout& layout) {
    for (const std::string& id : ids)
        if (Ending ending = retry(id, tools, layout); ending.status != 0) return ending;
    return done;
}

Ending run(const std::vector<std::string>& ids, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    Ending ending = retry_each(ids, tools, spool::Layout(config.directories.spool));
    wake_runners(tools.files, config);
    return ending;
}

}  // namespace

void add_queue_retry(CLI::App& queue, Toolbox& tools) {
    auto ids = std::make_shared<std::vector<std::string>>();
    CLI::App* const command =
        queue.add_subcommand("retry", "Have messages tried at once, also those in hold");
    command->add_option("ID", *ids, "As queue list prints it")->required();
    describe(*command, "smtpctl queue retry abcdefghijklmnopqrstuvwxyz", {65, 66, 75, 77, 78});
    command->callback([ids, &tools] { tools.ending = run(*ids, tools); });
}

}  // namespace postern::smtpctl
