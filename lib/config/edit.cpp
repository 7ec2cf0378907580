// SPDX-License-Identifier: BSD-2-Clause
#include "config/edit.hpp"

#include <algorithm>
#include <array>

#include "base/json_text.hpp"
#include "config/fields.hpp"
#include "config/load.hpp"
#include "config/text_edit.hpp"

namespace postern::config {

namespace {

struct Parsed {
    std::string json;  ///< the value's text
    bool is_section = false;
    Value value;
};

/// `text` as exactly one JSON value.
std::optional<Parsed> parse_json(std::string_view text) {
    const auto wrapped = Document::parse("{\"v\":" + std::string(text) + "\n}", "");
    if (!wrapped || wrapped->members().empty()) return std::nullopt;
    const Member& first = wrapped->members().front();
    if (std::ranges::any_of(wrapped->members(),
                            [](const Member& m) { return m.name != "v" && !m.name.starts_with("v."); }))
        return std::nullopt;
    return Parsed{wrapped->text().substr(first.value_begin, first.value_end - first.value_begin),
                  first.is_section, first.value};
}

Parsed plain(Value value) { return {to_json(value), false, std::move(value)}; }

/// The readings of what was typed, the most literal first.
std::vector<Parsed> readings(std::string_view text) {
    std::vector<Parsed> all;
    if (auto json = parse_json(text)) all.push_back(*std::move(json));
    const Value word = Value::of_text(std::string(text));
    all.push_back(plain(word));
    all.push_back(plain(Value::of_list({word})));
    return all;
}

Result<std::string> json_for(const Field& field, std::string_view text) {
    for (const Parsed& reading : readings(text))
        if (!reading.is_section && is_allowed(field.type, field.bounds, reading.value)) return reading.json;
    return Error(Fault::permanent, std::string(field.name) + ": '" + std::string(text) +
                                       "' is not allowed; it must be " + allowed_values(field));
}

Result<std::string> json_for_section(std::string_view name, std::string_view text) {
    const auto json = parse_json(text);
    if (json && json->is_section) return json->json;
    return Error(Fault::permanent, std::string(name) + " is a section: its value must be a JSON object");
}

Result<std::string> json_for(std::string_view name, std::string_view text) {
    if (const Field* field = find_field(name)) return json_for(*field, text);
    if (is_section(name)) return json_for_section(name, text);
    return Error(Fault::permanent, unknown_setting(name));
}

bool means_default(std::string_view text) { return text == "null"; }

/// A section given as an object may hold what is not allowed: that is the fault of the value.
Result<std::string> verified(std::string text, const Document& before, std::string_view name) {
    POSTERN_ASSIGN(const Document after, Document::parse(std::move(text), before.path()));
    for (const Problem& problem : interpret(after, "/").problems) {
        const bool of_value = problem.setting == name || problem.setting.starts_with(std::string(name) + ".");
        return Error(of_value ? Fault::permanent : Fault::configuration,
                     problem.what + "; nothing was changed");
    }
    return after.text();
}

}  // namespace

Result<std::string> changed(const Document& document, std::string_view name, std::string_view value) {
    if (means_default(value)) {
        if (!find_field(name) && !is_section(name)) return Error(Fault::permanent, unknown_setting(name));
        return verified(without_member(document, name), document, name);
    }
    POSTERN_ASSIGN(const std::string json, json_for(name, value));
    return verified(with_member(document, name, json), document, name);
}

}  // namespace postern::config
