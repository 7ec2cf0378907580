// SPDX-License-Identifier: BSD-2-Clause
#include "settings_in_force.hpp"

#include "config/load.hpp"

namespace postern::smtpctl {

Result<std::vector<SettingInForce>> settings_in_force(Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config loaded,
                   tools.config());  // so that a broken file is an error here, too
    POSTERN_ASSIGN(const config::Document document,
                   config::load_document(tools.files, loaded.directories.root));
    std::vector<SettingInForce> settings;
    for (const config::Field& field : config::all_fields()) {
        const config::Member* const member = document.find(field.name);
        settings.push_back(
            {&field, member == nullptr ? default_of(field) : member->value, member == nullptr});
    }
    return settings;
}

namespace {

std::string_view first_part(std::string_view path) { return path.substr(0, path.find('.')); }

/// Fields of one section stand together in the table, so each sub-section is opened once.
void write_object(JsonWriter& json, const std::vector<SettingInForce>& settings, const std::string& prefix) {
    json.open_object();
    std::string_view last;
    for (const SettingInForce& setting : settings) {
        if (!setting.field->name.starts_with(prefix)) continue;
        const std::string_view rest = setting.field->name.substr(prefix.size());
        const std::string_view key = first_part(rest);
        if (key == rest) {
            json.key(key).raw(config::to_json(setting.value));
        } else if (key != last) {
            json.key(key);
            write_object(json, settings, prefix + std::string(key) + ".");
        }
        last = key;
    }
    json.close_object();
}

}  // namespace

std::string to_json_object(const std::vector<SettingInForce>& settings, std::string_view section) {
    std::string text;
    JsonWriter json(text);
    write_object(json, settings, section.empty() ? std::string() : std::string(section) + ".");
    return text;
}

}  // namespace postern::smtpctl
