// SPDX-License-Identifier: BSD-2-Clause
#include "sys/fields_log.hpp"

#include <algorithm>

namespace postern::sys {

void FieldsLog::set(std::string_view key, std::string value) {
    const auto found =
        std::find_if(fields_.begin(), fields_.end(), [&](const Field& field) { return field.first == key; });
    if (found == fields_.end())
        fields_.emplace_back(key, std::move(value));
    else
        found->second = std::move(value);
}

void FieldsLog::record(Severity severity, std::string_view event, std::span<const LogField> fields) {
    if (!wants(severity)) return;
    std::vector<LogField> all(fields_.begin(), fields_.end());
    all.insert(all.end(), fields.begin(), fields.end());
    log_.record(severity, event, all);
}

}  // namespace postern::sys
