// SPDX-License-Identifier: BSD-2-Clause
// Where the log goes, and what stands in it.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr std::string_view kSeverities = "emerg alert crit err warning notice info debug";

constexpr Field kLogFields[] = {
    {"log.target",
     Type::choice,
     "file",
     {.choices = "file none"},
     "Where the log goes",
     [](const Value& v, Config& c) {
         c.log.target = v.text == "none" ? sys::LogTarget::none : sys::LogTarget::file;
     }},
    {"log.file",
     Type::file_pattern,
     "%Y-%m-%d.log",
     {},
     "Name of the log file below directories.log, in strftime(3) form (UTC)",
     [](const Value& v, Config& c) { c.log.file = v.text; }},
    {"log.level",
     Type::choice,
     "info",
     {.choices = kSeverities},
     "Least urgent severity that is logged",
     [](const Value& v, Config& c) { c.log.level = parse_severity(v.text).value_or(Severity::info); }},
    {"log.format",
     Type::choice,
     "text",
     {.choices = "text json"},
     "Form of a log line",
     [](const Value& v, Config& c) {
         c.log.format = v.text == "json" ? sys::LogFormat::json : sys::LogFormat::text;
     }},
};

}  // namespace

std::span<const Field> log_fields() { return kLogFields; }

}  // namespace postern::config
