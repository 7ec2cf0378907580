// SPDX-License-Identifier: BSD-2-Clause
// The settings as config show and config get print them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/fields.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

struct SettingInForce {
    const config::Field* field;
    config::Value value;
    bool is_default;
};

/// Every setting with the value that counts; an error when config.json cannot be loaded.
Result<std::vector<SettingInForce>> settings_in_force(Toolbox& tools);

/// Those below `section` ("" = all) as one JSON object, nested as in config.json.
std::string to_json_object(const std::vector<SettingInForce>& settings, std::string_view section);

}  // namespace postern::smtpctl
