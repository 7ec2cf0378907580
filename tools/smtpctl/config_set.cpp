// SPDX-License-Identifier: BSD-2-Clause
// smtpctl config set: one setting, and nothing else of config.json.
#include <iostream>

#include "change_setting.hpp"
#include "commands.hpp"

namespace postern::smtpctl {

void add_config_set(const Command& config, Toolbox& tools) {
    struct Options {
        std::string key, value;
    };
    auto options = std::make_shared<Options>();
    const Command command = config.add_subcommand("set", "Change a setting; comments in the file stay");
    command.add_option("KEY", options->key, "Its name, such as limits.message_size").required();
    command.add_option("VALUE", options->value, "JSON; a bare word is a string; null = back to the default")
        .required();
    command.describe("smtpctl config set queue.interval 15m", {65, 75, 77, 78});
    command.callback(
        [options, &tools] { tools.ending = change_setting(tools, options->key, options->value, std::cerr); });
}

}  // namespace postern::smtpctl
