// SPDX-License-Identifier: BSD-2-Clause
// Every setting there is, one row each: from this table config.json is read and checked, `smtpctl config`
// and the table of postern.conf(5) are held against it. A new setting is a row here and a line there.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "config/config.hpp"
#include "config/setting_type.hpp"
#include "config/value.hpp"

namespace postern::config {

struct Field {
    std::string_view name;  ///< dotted path in config.json
    SettingType type;
    std::string_view default_text;  ///< "" = unset, or an empty list
    Bounds bounds;
    std::string_view help;  ///< one line
    void (*store)(const Value& value, Config& config);
};

/// In the order in which `smtpctl config show` prints them.
std::span<const Field> all_fields();
const Field* find_field(std::string_view name);
/// Is it the path of settings, not of one: "relay", "relay.gateway"?
bool is_section(std::string_view name);

/// Null when the setting has no default.
Value default_of(const Field& field);
std::string allowed_values(const Field& field);

}  // namespace postern::config
