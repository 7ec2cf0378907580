// SPDX-License-Identifier: BSD-2-Clause
// smtpctl start: sessions and runners work again.
#include "commands.hpp"
#include "spool/stopped.hpp"
#include "toolbox.hpp"
#include "wake_runners.hpp"

namespace postern::smtpctl {

namespace {

Ending run(Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_TRY(spool::set_stopped(tools.files, config.directories.state, spool::Stopped::no));
    wake_runners(tools.files, config);
    return done;
}

}  // namespace

void add_start(const Command& app, Toolbox& tools) {
    const Command command = app.add_subcommand("start", "Take and deliver mail again after stop");
    command.describe("smtpctl start", {75, 77, 78});
    command.callback([&tools] { tools.ending = run(tools); });
}

}  // namespace postern::smtpctl
