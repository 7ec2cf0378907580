// SPDX-License-Identifier: BSD-2-Clause
// Having mail sent that waits: who may, and whom to ask for our own.
#include "config/field_tables.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr Field kKickFields[] = {
    {"kick.hosts",
     Type::kick_hosts,
     "",
     {},
     "Hosts whose connection to smtpd-inetd --kick has mail sent, and for which domains",
     [](const Value& v, Config& c) { c.server.kick_hosts = to_kick_hosts(v); }},
    {"kick.host",
     Type::host,
     "",
     {},
     "Host that smtpctl kick asks to send the mail that waits there",
     [](const Value& v, Config& c) { c.kick.host = v.text; }},
    {"kick.port",
     Type::number,
     "79",
     {1, 65'535},
     "Its port for kicks",
     [](const Value& v, Config& c) { c.kick.port = static_cast<std::uint16_t>(v.number); }},
};

}  // namespace

std::span<const Field> kick_fields() { return kKickFields; }

}  // namespace postern::config
