// SPDX-License-Identifier: BSD-2-Clause
// What a session is like: its names, and what it offers to whom.
#include "config/field_tables.hpp"
#include "config/fields_units.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

policy::Audience to_audience(const Value& value) {
    if (value.text == "all") return policy::Audience::all;
    if (value.text == "relay") return policy::Audience::relay;
    return value.text == "authenticated" ? policy::Audience::authenticated : policy::Audience::nobody;
}

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
    {"spool.reserve",
     Type::number,
     "8388608",
     {0, 1'000'000'000'000},
     "Octets of disk that no session may use up, since runners have to write, too",
     [](const Value& v, Config& c) { c.server.reserve = v.number; }},
    {"auth.concurrent",
     Type::number,
     "4",
     {1, 1'000},
     "Passwords that all sessions together check at a time; each takes 64 MiB of memory",
     [](const Value& v, Config& c) { c.server.logins_at_once = static_cast<unsigned>(v.number); }},
    {"auth.wait",
     Type::duration,
     "10s",
     {0, kMinute},
     "How long a session waits to check a password before it answers 454",
     [](const Value& v, Config& c) { c.server.login_wait = to_duration(v); }},
    {"smtp.future_release",
     Type::duration,
     "31d",
     {0, 364 * kDay},
     "How long a message may be held for who may relay (FUTURERELEASE); 0 = not at all",
     [](const Value& v, Config& c) {
         c.server.longest_hold = std::chrono::floor<std::chrono::seconds>(to_duration(v));
     }},
    {"smtp.vrfy",
     Type::choice,
     "off",
     {0, 0, "off relay authenticated all"},
     "Whom VRFY tells whether there is a mailbox; the others hear 252",
     [](const Value& v, Config& c) { c.policy.vrfy = to_audience(v); }},
    {"smtp.expn",
     Type::choice,
     "off",
     {0, 0, "off relay authenticated all"},
     "Whom EXPN tells who is on a list; the others hear 252",
     [](const Value& v, Config& c) { c.policy.expn = to_audience(v); }},
    {"smtp.etrn",
     Type::choice,
     "off",
     {0, 0, "off relay authenticated all"},
     "Who may have the mail sent by ETRN that waits for a domain",
     [](const Value& v, Config& c) { c.policy.etrn = to_audience(v); }},
    {"smtp.check_domains",
     Type::flag,
     "false",
     {},
     "Ask the DNS whether domains of senders, and of recipients elsewhere, take mail",
     [](const Value& v, Config& c) {
         c.callout.domains = v.flag ? callout::DomainChecks::on : callout::DomainChecks::off;
     }},
    {"smtp.early_talker",
     Type::duration,
     "0s",
     {0, 5 * kMinute},
     "How long to wait before the greeting and refuse who speaks first; 0 = not at all",
     [](const Value& v, Config& c) { c.server.early_talker = to_duration(v); }},
    {"smtp.pipelining",
     Type::choice,
     "any",
     {0, 0, "any strict"},
     "With strict, who sends more where the reply must be waited for is turned away",
     [](const Value& v, Config& c) {
         c.server.pipelining = v.text == "strict" ? smtp::Pipelining::strict : smtp::Pipelining::any;
     }},
    {"smtp.xclient_from",
     Type::networks,
     "",
     {},
     "Hosts that may tell with XCLIENT on whose behalf they speak, and are believed",
     [](const Value& v, Config& c) { c.server.xclient_from = to_networks(v); }},
    {"smtp.bare_newline_from",
     Type::networks,
     "",
     {},
     "Clients in relay-hosts whose bare LF is taken for CRLF",
     [](const Value& v, Config& c) { c.server.bare_newline_from = to_networks(v); }},
};

}  // namespace

std::span<const Field> session_fields() { return kSessionFields; }

}  // namespace postern::config
