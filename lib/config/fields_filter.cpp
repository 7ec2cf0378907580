// SPDX-License-Identifier: BSD-2-Clause
// The content filter.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

runner::ContentFilter& content_filter(Config& config) {
    if (!config.runner.filter) config.runner.filter.emplace();
    return *config.runner.filter;
}

constexpr Field kFilterFields[] = {
    {"filter.host",
     Type::host,
     "",
     {},
     "Content filter that mail goes through, by SMTP, before it is delivered or sent on",
     [](const Value& v, Config& c) { content_filter(c).host = v.text; }},
    {"filter.port",
     Type::number,
     "",
     {1, 65'535},
     "Its port; 10025 unless set",
     [](const Value& v, Config& c) { content_filter(c).port = static_cast<std::uint16_t>(v.number); }},
    {"filter.services",
     Type::words,
     "",
     {},
     "Services whose mail goes through it; [\"smtp\"] unless set",
     [](const Value& v, Config& c) { content_filter(c).services = to_words(v); }},
};

}  // namespace

std::span<const Field> filter_fields() { return kFilterFields; }

}  // namespace postern::config
