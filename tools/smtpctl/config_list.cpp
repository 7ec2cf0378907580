// SPDX-License-Identifier: BSD-2-Clause
// smtpctl config list: every setting there is, with default and meaning; needs no userland.
#include "commands.hpp"
#include "config/fields.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

void print_json(Toolbox& tools, const config::Field& field) {
    tools.print_json([&](JsonWriter& json) {
        json.open_object()
            .member("name", field.name)
            .key("default")
            .raw(config::to_json(config::default_of(field)))
            .member("allowed", config::allowed_values(field))
            .member("help", field.help)
            .close_object();
    });
}

void print_text(std::ostream& out, const config::Field& field) {
    const config::Value value = config::default_of(field);
    out << field.name << "\n    " << field.help << "\n    " << config::allowed_values(field)
        << (value.kind == config::Value::Kind::null ? "; unset by default"
                                                    : "; default " + config::to_json(value))
        << '\n';
}

}  // namespace

void add_config_list(const Command& config, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command =
        config.add_subcommand("list", "List all settings: meaning, allowed values, default");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl config list", {});
    command.callback([json, &tools] {
        for (const config::Field& field : config::all_fields())
            *json ? print_json(tools, field) : print_text(tools.out, field);
    });
}

}  // namespace postern::smtpctl
