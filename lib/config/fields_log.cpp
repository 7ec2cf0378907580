// SPDX-License-Identifier: BSD-2-Clause
// Where the log goes, and what stands in it.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr std::string_view kSeverities = "emerg alert crit err warning notice info debug";

sys::LogTarget to_log_target(std::string_view word) {
    if (word == "syslog") return sys::LogTarget::syslog;
    if (word == "server") return sys::LogTarget::server;
    return word == "none" ? sys::LogTarget::none : sys::LogTarget::file;
}

constexpr Field kLogFields[] = {
    {"log.target",
     Type::choice,
     "file",
     {.choices = "file syslog server none"},
     "Where the log goes",
     [](const Value& v, Config& c) { c.log.target = to_log_target(v.text); }},
    {"log.file",
     Type::file_pattern,
     "%Y-%m-%d.log",
     {},
     "Name of the log file below directories.log, in strftime(3) form (UTC)",
     [](const Value& v, Config& c) { c.log.file = v.text; }},
    {"log.server.host",
     Type::address,
     "",
     {},
     "IP address of the log server, with log.target server",
     [](const Value& v, Config& c) { c.log.server.address = IpAddress::parse(v.text); }},
    {"log.server.port",
     Type::number,
     "514",
     {1, 65'535},
     "Its port",
     [](const Value& v, Config& c) { c.log.server.port = static_cast<std::uint16_t>(v.number); }},
    {"log.server.protocol",
     Type::choice,
     "udp",
     {.choices = "udp tcp"},
     "How log lines are sent to it",
     [](const Value& v, Config& c) {
         c.log.server.protocol = v.text == "tcp" ? sys::LogProtocol::tcp : sys::LogProtocol::udp;
     }},
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
