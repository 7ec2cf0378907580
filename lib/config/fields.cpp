// SPDX-License-Identifier: BSD-2-Clause
#include "config/fields.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/ascii.hpp"
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

double parse_decimal(std::string_view text) {
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Value list_of(std::string_view words) {
    std::vector<Value> elements;
    while (!words.empty()) elements.push_back(Value::of_text(std::string(ascii::take_up_to(words, ' '))));
    return Value::of_list(std::move(elements));
}

std::vector<Field> put_together() {
    std::vector<Field> all;
    for (const auto table : {session_fields(), limits_fields(), services_fields(), tls_fields(),
                             validation_fields(), queue_fields(), relay_fields(), kick_fields(),
                             local_fields(), filter_fields(), log_fields(), directories_fields()})
        all.insert(all.end(), table.begin(), table.end());
    return all;
}

}  // namespace

std::span<const Field> all_fields() {
    static const std::vector<Field> all = put_together();
    return all;
}

const Field* find_field(std::string_view name) {
    const auto found = std::ranges::find(all_fields(), name, &Field::name);
    return found == all_fields().end() ? nullptr : &*found;
}

bool is_section(std::string_view name) {
    return std::ranges::any_of(all_fields(), [&](const Field& field) {
        return field.name.size() > name.size() && field.name.starts_with(name) &&
               field.name[name.size()] == '.';
    });
}

Value default_of(const Field& field) {
    switch (field.type) {
        case Type::addresses:
        case Type::networks:
        case Type::kick_hosts:
        case Type::dns_servers: return list_of(field.default_text);
        default: break;
    }
    if (field.default_text.empty()) return {};
    if (field.type == Type::flag) return Value::of_flag(field.default_text == "true");
    if (field.type == Type::number)
        return Value::of_number(ascii::parse_number<std::uint64_t>(field.default_text).value_or(0));
    if (field.type == Type::decimal) return Value::of_decimal(parse_decimal(field.default_text));
    return Value::of_text(std::string(field.default_text));
}

std::string allowed_values(const Field& field) { return allowed_values(field.type, field.bounds); }

}  // namespace postern::config
