// SPDX-License-Identifier: BSD-2-Clause
// What is looked for in a message that comes in, and what becomes of one that is not valid.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

smtp::ValidationMode to_validation_mode(std::string_view word) {
    if (word == "quarantine") return smtp::ValidationMode::quarantine;
    if (word == "discard") return smtp::ValidationMode::discard;
    return word == "off" ? smtp::ValidationMode::off : smtp::ValidationMode::reject;
}

constexpr Field kValidationFields[] = {
    {"validation.mode",
     Type::choice,
     "reject",
     {.choices = "reject quarantine discard off"},
     "What becomes of a message that is not valid",
     [](const Value& v, Config& c) { c.server.validation.mode = to_validation_mode(v.text); }},
    {"validation.strictness",
     Type::choice,
     "headers",
     {.choices = "headers strict"},
     "What a message must be to count as valid",
     [](const Value& v, Config& c) {
         c.server.validation.strictness =
             v.text == "strict" ? mail::Strictness::strict : mail::Strictness::headers;
     }},
};

}  // namespace

std::span<const Field> validation_fields() { return kValidationFields; }

}  // namespace postern::config
