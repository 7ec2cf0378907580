// SPDX-License-Identifier: BSD-2-Clause
// smtpctl loglevel: log.level, shown or set; the next process that starts goes by it.
#include <iostream>

#include "change_setting.hpp"
#include "commands.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string level;
    bool json = false;
};

Ending run(const Options& options, Toolbox& tools) {
    if (!options.level.empty()) return change_setting(tools, "log.level", options.level, std::cerr);
    POSTERN_ASSIGN(const config::Config config, tools.config());
    const std::string_view level = to_string(config.log.level);
    if (options.json)
        tools.print_json([&](JsonWriter& json) { json.open_object().member("level", level).close_object(); });
    else
        tools.out << level << '\n';
    return done;
}

}  // namespace

void add_loglevel(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command =
        app.add_subcommand("loglevel", "Show or set the least urgent severity that is logged");
    const Argument level = command.add_option("LEVEL", options->level,
                                              "emerg, alert, crit, err, warning, notice, info or debug");
    command.add_flag("--json", options->json, "Print one JSON object").excludes(level);
    command.describe("smtpctl loglevel debug", {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
