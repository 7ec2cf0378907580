// SPDX-License-Identifier: BSD-2-Clause
// smtpctl config get: one setting, or a section of them.
#include <algorithm>

#include "commands.hpp"
#include "config/load.hpp"
#include "settings_in_force.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::string key;
    bool json = false;
};

/// Text without quotes and lists an element a line, for people and shells.
void print_plain(std::ostream& out, const config::Value& value) {
    if (value.kind == config::Value::Kind::null) return;
    for (const config::Value& element : value.elements) print_plain(out, element);
    if (value.kind == config::Value::Kind::list) return;
    out << (value.kind == config::Value::Kind::text ? printable(value.text) : config::to_json(value)) << '\n';
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const std::vector<SettingInForce> settings, settings_in_force(tools));
    if (config::is_section(options.key)) {
        tools.out << to_json_object(settings, options.key) << '\n';
        return done;
    }
    const auto found = std::ranges::find_if(
        settings, [&](const SettingInForce& setting) { return setting.field->name == options.key; });
    if (found == settings.end()) return {status::bad_value, config::unknown_setting(options.key)};
    if (options.json)
        tools.out << config::to_json(found->value) << '\n';
    else
        print_plain(tools.out, found->value);
    return done;
}

}  // namespace

void add_config_get(const Command& config, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = config.add_subcommand("get", "Show one setting, or a section of them");
    command.add_option("KEY", options->key, "Its name, such as server.hostname; or a section, such as server")
        .required();
    command.add_flag("--json", options->json, "Print the value as JSON");
    command.describe("smtpctl config get server.hostname", {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
