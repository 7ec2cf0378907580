// SPDX-License-Identifier: BSD-2-Clause
// smtpctl stop: new sessions get 421, runners leave the spool alone.
#include "commands.hpp"
#include "spool/stopped.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

Ending run(Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_TRY(spool::set_stopped(tools.files, config.directories.state, spool::Stopped::yes));
    return done;
}

}  // namespace

void add_stop(const Command& app, Toolbox& tools) {
    const Command command =
        app.add_subcommand("stop", "Take no mail: sessions get 421, runners leave the spool alone");
    command.describe("smtpctl stop", {75, 77, 78});
    command.callback([&tools] { tools.ending = run(tools); });
}

}  // namespace postern::smtpctl
