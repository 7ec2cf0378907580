// SPDX-License-Identifier: BSD-2-Clause
#include "config/fields.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr std::uint64_t kSecond = 1'000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::string_view kSeverities = "emerg alert crit err warning notice info debug";

relay::Gateway& gateway(Config& config) {
    if (!config.relay.gateway) config.relay.gateway.emplace();
    return *config.relay.gateway;
}

constexpr Field kFields[] = {
    {"server.hostname",
     Type::domain,
     "localhost",
     {},
     "Name of this server: in greetings, in EHLO, in Received fields and among MX hosts",
     [](const Value& v, Config& c) { c.server.hostname = v.text; }},
    {"server.addresses",
     Type::addresses,
     "",
     {},
     "Public addresses of this server, by which it knows itself among MX hosts",
     [](const Value& v, Config& c) { c.relay.server_addresses = to_addresses(v); }},

    {"limits.message_size",
     Type::number,
     "50000000",
     {1'024, 1'000'000'000'000},
     "Largest message that is accepted, in octets",
     [](const Value& v, Config& c) { c.server.limits.message_size = v.number; }},
    {"limits.recipients",
     Type::number,
     "1000",
     {100, 100'000},
     "Most recipients of one message",
     [](const Value& v, Config& c) { c.server.limits.recipients = v.number; }},
    {"limits.hops",
     Type::number,
     "100",
     {10, 1'000},
     "Most Received fields before a message counts as looping",
     [](const Value& v, Config& c) { c.server.limits.hops = v.number; }},
    {"limits.bad_commands",
     Type::number,
     "20",
     {1, 10'000},
     "Refused commands in a session before it is closed",
     [](const Value& v, Config& c) { c.server.limits.bad_commands = v.number; }},
    {"limits.idle",
     Type::duration,
     "5m",
     {kSecond, kDay},
     "How long a session waits for the peer",
     [](const Value& v, Config& c) { c.server.command_timeout = to_duration(v); }},
    {"limits.session",
     Type::duration,
     "1h",
     {kSecond, 7 * kDay},
     "The longest a session may last",
     [](const Value& v, Config& c) { c.server.session = to_duration(v); }},

    {"queue.interval",
     Type::duration,
     "30m",
     {kMinute, 7 * kDay},
     "Pause before a deferred recipient is tried again",
     [](const Value& v, Config& c) { c.runner.interval = to_duration(v); }},
    {"queue.max_age",
     Type::duration,
     "5d",
     {kMinute, 365 * kDay},
     "Age at which a deferred recipient is given up and the sender told",
     [](const Value& v, Config& c) { c.runner.max_age = to_duration(v); }},
    {"queue.max_crashes",
     Type::number,
     "5",
     {1, 1'000'000},
     "Runners that may die of a message before it is put into hold",
     [](const Value& v, Config& c) { c.runner.max_crashes = static_cast<unsigned>(v.number); }},

    {"relay.gateway.host",
     Type::host,
     "",
     {},
     "Host that takes all outgoing mail (with relay.always)",
     [](const Value& v, Config& c) { gateway(c).host = v.text; }},
    {"relay.gateway.port",
     Type::number,
     "",
     {1, 65'535},
     "Its port; 25 unless set",
     [](const Value& v, Config& c) { gateway(c).port = static_cast<std::uint16_t>(v.number); }},
    {"relay.always",
     Type::flag,
     "false",
     {},
     "Send all outgoing mail through relay.gateway, never by MX",
     [](const Value& v, Config& c) { c.relay.always = v.flag; }},
    {"relay.port",
     Type::number,
     "25",
     {1, 65'535},
     "Port of other domains' mail hosts",
     [](const Value& v, Config& c) { c.relay.port = static_cast<std::uint16_t>(v.number); }},
    {"relay.connect_timeout",
     Type::duration,
     "30s",
     {kSecond, kHour},
     "How long to wait for a connection to one address",
     [](const Value& v, Config& c) { c.relay.connect_timeout = to_duration(v); }},

    {"dns.servers",
     Type::dns_servers,
     "",
     {},
     "DNS servers to ask; with none, names are resolved from the root servers down",
     [](const Value& v, Config& c) { c.relay.dns_servers = to_dns_servers(v); }},

    {"local.default_domain",
     Type::domain,
     "",
     {},
     "Domain of a recipient without one, such as RCPT TO:<postmaster>",
     [](const Value& v, Config& c) { c.accounts.default_domain = mail::Domain::parse(v.text); }},

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

    {"directories.domains",
     Type::path,
     "domains",
     {},
     "Domains, accounts and aliases",
     [](const Value& v, Config& c) { c.directories.domains = v.text; }},
    {"directories.secrets",
     Type::path,
     "secrets",
     {},
     "Password hashes",
     [](const Value& v, Config& c) { c.directories.secrets = v.text; }},
    {"directories.mail",
     Type::path,
     "mail",
     {},
     "Mailboxes: DOMAIN/USER/ are Maildirs",
     [](const Value& v, Config& c) { c.directories.mail = v.text; }},
    {"directories.spool",
     Type::path,
     "spool",
     {},
     "Mail on its way; all of it on one file system",
     [](const Value& v, Config& c) { c.directories.spool = v.text; }},
    {"directories.state",
     Type::path,
     "state",
     {},
     "What must survive a restart beside mail",
     [](const Value& v, Config& c) { c.directories.state = v.text; }},
    {"directories.log",
     Type::path,
     "log",
     {},
     "Log files",
     [](const Value& v, Config& c) { c.directories.log = v.text; }},
    {"directories.run",
     Type::path,
     "run",
     {},
     "What need not survive a restart",
     [](const Value& v, Config& c) { c.directories.run = v.text; }},
};

}  // namespace

std::span<const Field> all_fields() { return kFields; }

const Field* find_field(std::string_view name) {
    const auto* const found = std::ranges::find(kFields, name, &Field::name);
    return found == std::end(kFields) ? nullptr : found;
}

bool is_section(std::string_view name) {
    return std::ranges::any_of(kFields, [&](const Field& field) {
        return field.name.size() > name.size() && field.name.starts_with(name) &&
               field.name[name.size()] == '.';
    });
}

Value default_of(const Field& field) {
    switch (field.type) {
        case Type::addresses:
        case Type::dns_servers: return Value::of_list({});
        default: break;
    }
    if (field.default_text.empty()) return {};
    if (field.type == Type::flag) return Value::of_flag(field.default_text == "true");
    if (field.type == Type::number)
        return Value::of_number(ascii::parse_number<std::uint64_t>(field.default_text).value_or(0));
    return Value::of_text(std::string(field.default_text));
}

std::string allowed_values(const Field& field) { return allowed_values(field.type, field.bounds); }

}  // namespace postern::config
