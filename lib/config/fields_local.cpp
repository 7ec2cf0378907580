// SPDX-License-Identifier: BSD-2-Clause
// What is delivered here, and how.
#include "config/field_tables.hpp"
#include "config/fields_units.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

accounts::OtherServer& default_host(Config& config) {
    if (!config.accounts.default_host) config.accounts.default_host.emplace();
    return *config.accounts.default_host;
}

constexpr Field kLocalFields[] = {
    {"local.default_domain",
     Type::domain,
     "",
     {},
     "Domain of a recipient without one, such as RCPT TO:<postmaster>",
     [](const Value& v, Config& c) { c.accounts.default_domain = mail::Domain::parse(v.text); }},
    {"local.default_host.host",
     Type::host,
     "",
     {},
     "Server that mail for unknown users of served domains is passed on to",
     [](const Value& v, Config& c) { default_host(c).host = v.text; }},
    {"local.default_host.port",
     Type::number,
     "",
     {1, 65'535},
     "Its port; 25 unless set",
     [](const Value& v, Config& c) { default_host(c).port = static_cast<std::uint16_t>(v.number); }},
    {"local.command_timeout",
     Type::duration,
     "2m",
     {kSecond, kDay},
     "How long a delivery command may run",
     [](const Value& v, Config& c) { c.delivery.command_timeout = to_duration(v); }},
};

}  // namespace

std::span<const Field> local_fields() { return kLocalFields; }

}  // namespace postern::config
