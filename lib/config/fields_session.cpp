// SPDX-License-Identifier: BSD-2-Clause
// What a session is like: its names and limits.
#include "config/field_tables.hpp"
#include "config/fields_units.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr Field kSessionFields[] = {
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
    {"server.callouts",
     Type::flag,
     "false",
     {},
     "Let sessions ask the server that mail is passed on to (domain.json: verify)",
     [](const Value& v, Config& c) {
         c.accounts.callouts = v.flag;
         c.callout.callouts = v.flag ? callout::Callouts::on : callout::Callouts::off;
     }},
    {"server.callout_timeout",
     Type::duration,
     "20s",
     {kSecond, 5 * kMinute},
     "How long asking that server for one recipient may take",
     [](const Value& v, Config& c) { c.callout.patience = to_duration(v); }},
    {"server.proxies",
     Type::networks,
     "",
     {},
     "Proxies that begin each connection with a PROXY header, whose word on the client counts",
     [](const Value& v, Config& c) { c.server.proxies = to_networks(v); }},
    {"smtp.future_release",
     Type::duration,
     "31d",
     {0, 364 * kDay},
     "How long a message may be held for who may relay (FUTURERELEASE); 0 = not at all",
     [](const Value& v, Config& c) {
         c.server.longest_hold = std::chrono::floor<std::chrono::seconds>(to_duration(v));
     }},
    {"spool.reserve",
     Type::number,
     "8388608",
     {0, 1'000'000'000'000},
     "Octets of disk that no session may use up, since runners have to write, too",
     [](const Value& v, Config& c) { c.server.reserve = v.number; }},
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
};

}  // namespace

std::span<const Field> session_fields() { return kSessionFields; }

}  // namespace postern::config
