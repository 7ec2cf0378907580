// SPDX-License-Identifier: BSD-2-Clause
// smtpctl start: sessions and runners work again.
#include <CLI/CLI.hpp>

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

void add_start(CLI::App& app, Toolbox& tools) {
    CLI::App* const command = app.add_subcommand("start", "Take and deliver mail again after stop");
    describe(*command, "smtpctl start", {75, 77, 78});
    command->callback([&tools] { tools.ending = run(tools); });
}

}  // namespace postern::smtpctl
