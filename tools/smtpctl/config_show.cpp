// SPDX-License-Identifier: BSD-2-Clause
// smtpctl config show: every setting with the value that counts, whether it stands in config.json or not.
#include "commands.hpp"
#include "settings_in_force.hpp"

namespace postern::smtpctl {

namespace {

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const std::vector<SettingInForce> settings, settings_in_force(tools));
    if (json) {
        tools.out << to_json_object(settings, "") << '\n';
        return done;
    }
    for (const SettingInForce& setting : settings)
        tools.out << setting.field->name << " = " << config::to_json(setting.value)
                  << (setting.is_default ? "  (default)" : "") << '\n';
    return done;
}

}  // namespace

void add_config_show(const Command& config, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command = config.add_subcommand("show", "Show all settings and the values that count");
    command.add_flag("--json", *json, "Print one JSON object, nested as in config.json");
    command.describe("smtpctl config show", {75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
