// SPDX-License-Identifier: BSD-2-Clause
// How mail gets to other hosts.
#include "config/field_tables.hpp"
#include "config/fields_units.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

relay::Gateway& gateway(Config& config) {
    if (!config.relay.gateway) config.relay.gateway.emplace();
    return *config.relay.gateway;
}

constexpr Field kRelayFields[] = {
    {"relay.gateway.host",
     Type::host,
     "",
     {},
     "Host that takes outgoing mail: all of it, or what failed by MX",
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
    {"relay.tries_before_gateway",
     Type::number,
     "0",
     {0, 1'000},
     "Tries by MX before a recipient goes through relay.gateway; 0: never",
     [](const Value& v, Config& c) { c.relay.tries_before_gateway = static_cast<unsigned>(v.number); }},
    {"relay.port",
     Type::number,
     "25",
     {1, 65'535},
     "Port of other domains' mail hosts",
     [](const Value& v, Config& c) { c.relay.port = static_cast<std::uint16_t>(v.number); }},
    {"relay.tls",
     Type::choice,
     "opportunistic",
     {0, 0, "off opportunistic"},
     "Whether mail goes under TLS to hosts that offer it",
     [](const Value& v, Config& c) {
         c.relay.use_tls = v.text == "off" ? relay::RelayTls::off : relay::RelayTls::opportunistic;
     }},
    {"relay.connect_timeout",
     Type::duration,
     "30s",
     {kSecond, kHour},
     "How long to wait for a connection to one address",
     [](const Value& v, Config& c) { c.relay.connect_timeout = to_duration(v); }},
    {"relay.concurrency",
     Type::number,
     "20",
     {1, 1'000},
     "Connections that mxrun has at once",
     [](const Value& v, Config& c) { c.relay.concurrency = static_cast<unsigned>(v.number); }},
    {"relay.per_host",
     Type::number,
     "4",
     {1, 1'000},
     "Of these, connections with one address",
     [](const Value& v, Config& c) { c.relay.per_host = static_cast<unsigned>(v.number); }},
    {"dns.servers",
     Type::dns_servers,
     "",
     {},
     "DNS servers to ask; with none, names are resolved from the root servers down",
     [](const Value& v, Config& c) { c.relay.dns_servers = to_dns_servers(v); }},
    {"dns.trust_anchor",
     Type::file,
     "/usr/share/dns/root.key",
     {},
     "Keys that DNSSEC begins with, where mail needs it",
     [](const Value& v, Config& c) { c.relay.trust_anchor = v.text; }},
};

}  // namespace

std::span<const Field> relay_fields() { return kRelayFields; }

}  // namespace postern::config
