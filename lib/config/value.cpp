// SPDX-License-Identifier: BSD-2-Clause
#include "config/value.hpp"

#include <array>
#include <charconv>

#include "base/json_text.hpp"
#include "config/document.hpp"

namespace postern::config {

namespace {

std::string to_text(double decimal) {
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), decimal).ptr;
    return {text.data(), end};
}

void append(JsonWriter& writer, const Value& value) {
    switch (value.kind) {
        case Value::Kind::flag: writer.value(value.flag); return;
        case Value::Kind::number: writer.value(value.number); return;
        case Value::Kind::decimal: writer.raw(to_text(value.decimal)); return;
        case Value::Kind::text: writer.raw(json_string(value.text)); return;
        case Value::Kind::list:
            writer.open_array();
            for (const Value& element : value.elements) append(writer, element);
            writer.close_array();
            return;
        case Value::Kind::null:
        case Value::Kind::other: writer.raw("null"); return;
    }
}

}  // namespace

std::string to_json(const Value& value) {
    std::string json;
    JsonWriter writer(json);
    append(writer, value);
    return json;
}

}  // namespace postern::config
